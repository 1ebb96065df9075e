using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>Translates items into the turns that the demo's rules read.</summary>
internal static class TurnBuilder
{
    private static readonly string[] s_outputs = ["function_call_output", "custom_tool_call_output"];

    public static List<ChatTurn> Build(string? instructions, IEnumerable<JsonElement> items)
    {
        var turns = new List<ChatTurn>();
        if (!string.IsNullOrEmpty(instructions))
        {
            turns.Add(new ChatTurn("developer", instructions, 0, [], null));
        }

        var requests = new Dictionary<string, JsonElement>();
        foreach (var item in items)
        {
            switch (item.Text("type"))
            {
                case "message":
                    turns.Add(Message(item));
                    break;
                case "function_call":
                    turns.Add(Call(item.Text("call_id")!, item.Text("name")!, item.Text("arguments")!));
                    break;
                case "mcp_call":
                    turns.Add(Call(item.Text("id")!, item.Text("name")!, item.Text("arguments")!));
                    turns.Add(Result(item.Text("id")!, item.Text("output") ?? "Error: " + ErrorText(item)));
                    break;
                case "mcp_approval_request":
                    requests[item.Text("id")!] = item;
                    break;
                case "mcp_approval_response" when !item.IsTrue("approve") && requests.TryGetValue(item.Text("approval_request_id")!, out var asked):
                    turns.Add(Call(asked.Text("id")!, asked.Text("name")!, asked.Text("arguments")!));
                    turns.Add(Result(asked.Text("id")!, "The call was rejected" + (item.Text("reason") is { Length: > 0 } reason ? ": " + reason : ".")));
                    break;
                case { } type when s_outputs.Contains(type):
                    turns.Add(Result(item.Text("call_id")!, OutputText(item)));
                    break;
            }
        }

        return turns;
    }

    public static ChatTurn Call(string id, string name, string arguments) => new("assistant", "", 0, [new ToolCall(id, name, arguments)], null);

    public static ChatTurn Result(string id, string text) => new("tool", text, 0, [], id);

    private static ChatTurn Message(JsonElement item)
    {
        var parts = item.Items("content").ToList();
        var texts = parts.Select(part => part.Text("text") ?? part.Text("refusal")).OfType<string>();
        return new ChatTurn(item.Text("role") ?? "user", string.Join("\n", texts), parts.Count(part => part.Text("type") == "input_image"), [], null);
    }

    private static string ErrorText(JsonElement call) =>
        call.Member("error") is { } error ? error.Text("message") ?? string.Join("\n", error.Items("content").Select(part => part.Text("text"))) : "the tool failed.";

    private static string OutputText(JsonElement item) =>
        item.Text("output") ?? string.Join("\n", item.Items("output").Select(part => part.Text("text")).OfType<string>());
}
