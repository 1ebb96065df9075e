using System.Text.Json;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A tool call as rules see it.</summary>
/// <param name="ToolName">The tool.</param>
/// <param name="AgentId">The agent that calls.</param>
/// <param name="RequesterId">Whose conversation it is.</param>
/// <param name="Role">Their highest role now.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="HasUntrustedContent">The context of the call holds text from outside.</param>
/// <param name="Arguments">The checked arguments, a JSON object.</param>
/// <param name="Risk">What the tool can do.</param>
/// <param name="Mode">What applies where no rule does.</param>
public sealed record RuleCall(
    string ToolName,
    string AgentId,
    string RequesterId,
    string Role,
    Guid ConversationId,
    bool HasUntrustedContent,
    JsonElement Arguments,
    ToolRisk Risk,
    ToolApprovalMode Mode);
