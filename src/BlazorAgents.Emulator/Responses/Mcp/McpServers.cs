using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses.Mcp;

/// <summary>Lists the tools of the request's MCP servers and carries out what was approved.</summary>
internal sealed class McpServers(HttpClient http)
{
    /// <summary>The tools of all servers. A list that is already in the thread is not asked for again.</summary>
    public async Task<IReadOnlyList<McpTool>> OpenAsync(ResponseRun run, CancellationToken ct)
    {
        var tools = new List<McpTool>();
        foreach (var server in run.Request.Tools.Of("mcp"))
        {
            var wire = new McpWire(http, server);
            var known = run.History.Concat(run.Input).LastOrDefault(item => item.Text("type") == "mcp_list_tools" && item.Text("server_label") == wire.Label && item.Text("error") is null);
            var listed = known.ValueKind == JsonValueKind.Object ? [.. known.Items("tools")] : await ListAsync(run, wire, server, ct);
            tools.AddRange(listed.Select(tool => new McpTool(wire, tool, McpApproval.Needs(server, tool))));
        }

        return tools;
    }

    /// <summary>The calls that the input's approval responses allow, with their results. One that was made before is not made again.</summary>
    public static async Task<IReadOnlyList<ChatTurn>> DecideAsync(ResponseRun run, IReadOnlyList<McpTool> tools, CancellationToken ct)
    {
        var turns = new List<ChatTurn>();
        var made = run.Input.Where(item => item.Text("type") == "mcp_call").Select(item => item.Text("approval_request_id")).ToHashSet();
        foreach (var decision in run.Input.Where(item => item.Text("type") == "mcp_approval_response"))
        {
            var asked = McpApproval.Find(run.History.Concat(run.Input), decision.Text("approval_request_id")!);
            if (!decision.IsTrue("approve") || made.Contains(asked.Text("id")))
            {
                continue;
            }

            var call = new ToolCall(asked.Text("id")!, asked.Text("name")!, asked.Text("arguments")!);
            var tool = tools.FirstOrDefault(tool => tool.Label == asked.Text("server_label") && tool.Spec.Name == call.Name);
            var result = tool is null ? "Error: the tool is not on offer any more." : await tool.CallAsync(run, call, call.Id, ct);
            turns.Add(TurnBuilder.Call(call.Id, call.Name, call.Arguments));
            turns.Add(TurnBuilder.Result(call.Id, result ?? ""));
        }

        return turns;
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(ResponseRun run, McpWire wire, JsonElement server, CancellationToken ct)
    {
        var id = WireId.New("mcpl");
        object Item(IReadOnlyList<JsonElement> tools, string? error) => new { id, type = "mcp_list_tools", server_label = wire.Label, tools, error };
        var index = run.Add(Item([], null));
        run.Log.Append("response.mcp_list_tools.in_progress", ("item_id", id), ("output_index", index));
        try
        {
            var listed = (await wire.ListAsync(ct)).Where(tool => McpApproval.IsAllowed(server, tool)).Select(tool => WireJson.Element(new
            {
                name = tool.Text("name"),
                description = tool.Text("description"),
                input_schema = tool.Member("inputSchema") ?? WireJson.Element(new { type = "object" }),
                annotations = tool.Member("annotations"),
            })).ToList();
            run.Log.Append("response.mcp_list_tools.completed", ("item_id", id), ("output_index", index));
            run.Complete(index, Item(listed, null));
            return listed;
        }
        catch (McpException e)
        {
            run.Log.Append("response.mcp_list_tools.failed", ("item_id", id), ("output_index", index));
            run.Complete(index, Item([], e.Message));
            return [];
        }
    }
}
