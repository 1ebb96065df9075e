using System.Text;
using System.Text.Json.Nodes;

namespace BlazorAgents.Emulator.Tests.Responses;

/// <summary>Each value of valid bodies is replaced by others, one at a time: the answer may be a refusal, never a failure of the server.</summary>
public sealed class HostileBodyTests
{
    private static readonly string[] s_values =
        ["null", "true", "7", "-1", "1e400", "\"\"", "\"x\"", "\"\\ud800\"", "[]", "{}", "[null]", "[7]", "[\"x\"]", "{\"type\":\"x\"}", "{\"type\":7}", "{\"a\":1,\"a\":2}", "{\"\\udc00\":1}"];

    [Theory]
    [InlineData("responses", """
        {"model":"demo-model","instructions":"x","input":[{"role":"user","content":[{"type":"input_text","text":"Draw a picture"},{"type":"input_image","image_url":"https://e.com/a","detail":"auto"},{"type":"input_file","filename":"a","file_data":"data:,a"}]},
        {"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"a","annotations":[],"logprobs":[]}]},
        {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"s"}]},
        {"type":"function_call","id":"fc_1","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"o"}]},
        {"type":"mcp_call","id":"mcp_1","server_label":"s","name":"n","arguments":"{}","output":null,"error":{"type":"mcp_tool_execution_error","content":[{"type":"text","text":"t"}]}},
        {"type":"mcp_approval_request","id":"mcpr_1","server_label":"s","name":"n","arguments":"{}"},{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true,"reason":"r"},
        {"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"q"}},{"type":"code_interpreter_call","id":"ci_1","container_id":"cntr_1","code":"1","outputs":[]}],
        "include":["code_interpreter_call.outputs"],"metadata":{"a":"b"},"temperature":1,"top_p":1,"top_logprobs":0,"max_output_tokens":100,"max_tool_calls":2,"parallel_tool_calls":true,"store":true,"background":false,"stream":false,
        "reasoning":{"effort":"low","summary":"auto"},"text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object","properties":{"a":{"type":"string"}}},"strict":true},"verbosity":"low"},
        "tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]},
        "tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"string"}}},"strict":true},{"type":"web_search","filters":{"allowed_domains":["a.com"]},"user_location":{"type":"approximate","city":"Paris"}},
        {"type":"code_interpreter","container":{"type":"auto","file_ids":[]}},{"type":"image_generation","size":"32x32","partial_images":1,"quality":"low"},{"type":"mcp","server_label":"s","server_url":"http://localhost:1/mcp","headers":{"a":"b"},"authorization":"t","allowed_tools":["a"],"require_approval":{"never":{"tool_names":["a"]}}}]}
        """)]
    [InlineData("responses/input_tokens", """{"model":"demo-model","input":"x","instructions":"i","tools":[],"conversation":null}""")]
    [InlineData("conversations", """{"metadata":{"a":"b"},"items":[{"type":"message","role":"user","content":"x"},{"type":"item_reference","id":"msg_1"}]}""")]
    [InlineData("containers", """{"name":"a","file_ids":[],"expires_after":{"anchor":"last_active_at","minutes":5},"memory_limit":"1g"}""")]
    public async Task Body_WithAnyValueReplaced_IsNeverA500(string path, string body)
    {
        await using var client = await EmulatorClient.StartAsync();
        var failures = new List<string>();
        foreach (var (where, changed) in Mutations(body))
        {
            using var content = new StringContent(changed, Encoding.UTF8, "application/json");
            using var response = await client.Http.PostAsync(path, content);
            var text = await response.Content.ReadAsStringAsync();
            if ((int)response.StatusCode >= 500 || text.Contains("\"status\":\"failed\"", StringComparison.Ordinal))
            {
                failures.Add(where);
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static IEnumerable<(string Where, string Body)> Mutations(string body)
    {
        const string Mark = "\"\\u0001replace me\"";
        foreach (var path in Paths(JsonNode.Parse(body)!, []))
        {
            var copy = JsonNode.Parse(body)!;
            var parent = path.SkipLast(1).Aggregate(copy, (node, step) => step is int index ? node[index]! : node[(string)step]!);
            if (path[^1] is int at)
            {
                parent[at] = "\u0001replace me";
            }
            else
            {
                parent[(string)path[^1]] = "\u0001replace me";
            }

            var text = copy.ToJsonString();
            foreach (var value in s_values)
            {
                yield return ($"{string.Join('.', path)} = {value}", text.Replace(Mark, value, StringComparison.Ordinal));
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] path)
    {
        if (path.Length > 0)
        {
            yield return path;
        }

        var children = node switch
        {
            JsonObject members => members.Select(member => (Step: (object)member.Key, member.Value)),
            JsonArray items => items.Select((item, index) => (Step: (object)index, Value: item)),
            _ => [],
        };
        foreach (var (step, child) in children)
        {
            foreach (var inner in Paths(child, [.. path, step]))
            {
                yield return inner;
            }
        }
    }
}
