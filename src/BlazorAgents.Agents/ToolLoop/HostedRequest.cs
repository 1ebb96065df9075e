using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>A request of the provider's to call an MCP tool, as long as it waits for its answer.</summary>
/// <param name="Id">The provider's id of the request.</param>
/// <param name="Name">The tool's name at its server.</param>
/// <param name="Server">The server's label.</param>
/// <param name="Refusal">Why the call must not be made; null while nobody has decided.</param>
internal sealed record HostedRequest(string Id, string Name, string? Server, string? Refusal = null)
{
    public static HostedRequest Of(ToolCall call) => new(call.Id, call.Hosted!.Name, call.Hosted.ServerName, call.Result?.Text);

    /// <summary>The answer that the provider is sent.</summary>
    public ToolApprovalResponseContent ToAnswer(bool isApproved) => new(Id, isApproved, new McpServerToolCallContent(Id, Name, Server))
    {
        Reason = isApproved ? null : Refusal ?? WaitingCalls.NeverDecided,
    };
}
