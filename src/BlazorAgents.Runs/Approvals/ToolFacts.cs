using BlazorAgents.Agents.ToolLoop;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>What the application knows of any tool, also of those without facts of their own.</summary>
public static class ToolFacts
{
    /// <summary>The tool's risk. What runs at the provider acts outside, and so does a function that says nothing of itself but that it needs approval.</summary>
    public static ToolRisk RiskOf(AITool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return tool switch
        {
            HostedMcpFunction => ToolRisk.External,
            HostedCodeInterpreterTool => ToolRisk.Code,
            AIFunctionDeclaration when tool.GetService<AgentTool>() is { } known => known.Risk,
            AIFunctionDeclaration => tool.GetService<ApprovalRequiredAIFunction>() is null ? ToolRisk.Read : ToolRisk.External,
            _ => ToolRisk.External,
        };
    }

    /// <summary>Whether its calls wait for a person where nothing else is set.</summary>
    public static ToolApprovalMode ModeOf(AITool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return tool.GetService<ApprovalRequiredAIFunction>() is null ? ToolApprovalMode.ByRisk : ToolApprovalMode.AlwaysRequire;
    }

    /// <summary>The schema of its arguments as canonical JSON.</summary>
    public static string SchemaOf(AIFunction tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return tool.GetService<AgentTool>()?.SchemaText ?? CanonicalJson.Of(tool.JsonSchema);
    }

    /// <summary>True when a person of this role may have it.</summary>
    public static bool IsGranted(AITool tool, string role)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return tool.GetService<AgentTool>()?.MinimumRole is not { } least || Rank(role) >= Rank(least);
    }

    /// <summary>The tool as the one that tells what a call would do before a person decides; null for those that only read or cannot tell.</summary>
    internal static AgentTool? FindPreviewed(AITool? tool) =>
        tool?.GetService<AgentTool>() is { HasPreview: true, Risk: not ToolRisk.Read } told ? told : null;

    private static int Rank(string role) => Roles.All.ToList().IndexOf(role) is var rank and >= 0
        ? rank
        : throw new ArgumentException($"There is no role {role}.", nameof(role));
}
