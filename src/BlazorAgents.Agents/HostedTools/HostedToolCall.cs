namespace BlazorAgents.Agents.HostedTools;

/// <summary>A call of a hosted tool as it stands: each change is a new snapshot with the same <see cref="CallId"/>.</summary>
public sealed record HostedToolCall(string CallId, HostedToolKind Kind)
{
    /// <summary>Where the content of an MCP call keeps <see cref="ApprovalRequestId"/>, among its additional properties.</summary>
    public const string ApprovalRequestKey = "approval_request_id";

    /// <summary>The tool's name where it has one of its own: an MCP tool.</summary>
    public string? Name { get; init; }

    /// <summary>The label of the MCP server.</summary>
    public string? ServerName { get; init; }

    /// <summary>What was asked, as far as it is written: code, queries a line each, the address of an opened page, an MCP call's arguments as JSON.</summary>
    public string Input { get; init; } = "";

    /// <summary>How far it is.</summary>
    public HostedToolStatus Status { get; init; }

    /// <summary>What it gave.</summary>
    public IReadOnlyList<HostedToolOutput> Outputs { get; init; } = [];

    /// <summary>The request for an approval that this call of an MCP tool goes back to; null where none was asked for.</summary>
    public string? ApprovalRequestId { get; init; }

    /// <summary>What an MCP server offers, for the list of its tools.</summary>
    public IReadOnlyList<HostedToolSchema> Tools { get; init; } = [];

    /// <summary>Why it failed, in the provider's words; null otherwise.</summary>
    public string? Error { get; init; }
}
