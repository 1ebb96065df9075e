using System.Text.Json;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Testing.Fakes;

/// <summary>What a provider says of an MCP server that it calls: one server with dice.</summary>
public static class ScriptedMcp
{
    /// <summary>The server's label.</summary>
    public const string Label = "dice";

    /// <summary>Its tool, as rules and journals name it.</summary>
    public const string Tool = "dice.roll_dice";

    /// <summary>The arguments of every call.</summary>
    public const string Arguments = """{"sides":6}""";

    /// <summary>The schema that the server gives for them.</summary>
    public const string Schema = """{"properties":{"sides":{"type":"integer"}},"required":["sides"],"type":"object"}""";

    /// <summary>The server, as an agent has it.</summary>
    public static HostedMcpServerTool Server() => new(Label, new Uri("https://dice.test/mcp"));

    /// <summary>The list of the server's tools.</summary>
    public static AIContent List() => new HostedToolContent(new HostedToolCall("mcpl_1", HostedToolKind.McpTools)
    {
        ServerName = Label,
        Status = HostedToolStatus.Completed,
        Tools = [new HostedToolSchema("roll_dice", "Rolls dice.", JsonElement.Parse(Schema))],
    });

    /// <summary>The provider asks whether it may make a call.</summary>
    public static ToolApprovalRequestContent Request(string id = "mcpr_1", string arguments = Arguments, string server = Label) =>
        new(id, ToolCallArguments.CreateHostedCall(id, "roll_dice", server, arguments));

    /// <summary>The provider has made a call that it was allowed to make.</summary>
    public static AIContent[] Made(string requestId = "mcpr_1", string text = "You rolled 4.", string? error = null) =>
    [
        new HostedToolContent(Call(requestId) with { Status = HostedToolStatus.Running }),
        new HostedToolContent(Call(requestId) with
        {
            Status = error is null ? HostedToolStatus.Completed : HostedToolStatus.Failed,
            Outputs = error is null ? [new HostedToolOutput.Text(text)] : [],
            Error = error,
        }),
        new McpServerToolCallContent($"mcp_{requestId}", "roll_dice", Label)
        {
            AdditionalProperties = new AdditionalPropertiesDictionary { [HostedToolCall.ApprovalRequestKey] = requestId },
        },
    ];

    private static HostedToolCall Call(string requestId) =>
        new($"mcp_{requestId}", HostedToolKind.Mcp) { ServerName = Label, Name = "roll_dice", Input = Arguments, ApprovalRequestId = requestId };
}
