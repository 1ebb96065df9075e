using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses.Mcp;

/// <summary>One tool of a remote MCP server. If it needs an approval, a call ends the response with a request for it.</summary>
internal sealed class McpTool(McpWire wire, JsonElement described, bool needsApproval) : IHostedTool
{
    private const int ArgumentPiece = 24;

    public string Kind => "mcp";

    public string Label => wire.Label;

    public ToolSpec Spec { get; } = new(described.Text("name") ?? "", described.Text("description") ?? "", described.Member("input_schema") ?? default);

    public Task<string?> RunAsync(ResponseRun run, ToolCall call, CancellationToken ct)
    {
        if (!needsApproval)
        {
            return CallAsync(run, call, null, ct);
        }

        var request = new { id = WireId.New("mcpr"), type = "mcp_approval_request", server_label = wire.Label, name = call.Name, arguments = call.Arguments };
        run.Complete(run.Add(request), request);
        return Task.FromResult<string?>(null);
    }

    /// <summary>Calls the tool, approved or not in need of it.</summary>
    public async Task<string?> CallAsync(ResponseRun run, ToolCall call, string? approvalRequestId, CancellationToken ct)
    {
        var id = WireId.New("mcp");
        object Item(string status, string arguments, string? output = null, object? error = null) =>
            new { id, type = "mcp_call", status, approval_request_id = approvalRequestId, arguments, error, name = call.Name, output, server_label = wire.Label };

        var index = run.Add(Item("in_progress", ""));
        run.Log.Append("response.mcp_call.in_progress", ("item_id", id), ("output_index", index));
        foreach (var piece in call.Arguments.Chunk(ArgumentPiece))
        {
            run.Log.Append("response.mcp_call_arguments.delta", ("item_id", id), ("output_index", index), ("delta", new string(piece)));
        }

        run.Log.Append("response.mcp_call_arguments.done", ("item_id", id), ("output_index", index), ("arguments", call.Arguments));
        string text;
        object? error = null;
        try
        {
            (text, var isError) = await wire.CallAsync(call.Name, call.Arguments, ct);
            error = isError ? new { type = "mcp_tool_execution_error", content = new[] { new { type = "text", text } } } : null;
        }
        catch (McpException e)
        {
            text = e.Message;
            error = new { type = e.IsHttp ? "http_error" : "mcp_protocol_error", code = e.Code, message = e.Message };
        }

        run.Log.Append(error is null ? "response.mcp_call.completed" : "response.mcp_call.failed", ("item_id", id), ("output_index", index));
        run.Complete(index, Item(error is null ? "completed" : "failed", call.Arguments, error is null ? text : null, error));
        return error is null ? text : "Error: " + text;
    }
}
