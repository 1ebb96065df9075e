using System.Text;
using BlazorAgents.OpenAI.Responses;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Responses;

/// <summary>Events of the wire as the specification's examples write them, and the answers that a client makes of them.</summary>
internal static class ResponseWire
{
    /// <summary>A response object. <paramref name="more"/> is further JSON members, each with a comma before it.</summary>
    public static string Response(string status, string output = "", string more = "", string id = "resp_1") =>
        $$$"""
        {"id":"{{{id}}}","object":"response","created_at":1741369938,"status":"{{{status}}}","error":null,"incomplete_details":null,"instructions":null,"max_output_tokens":null,"model":"gpt-test-2026","output":[{{{output}}}],"parallel_tool_calls":true,"previous_response_id":null,"reasoning":{"effort":null,"summary":null},"temperature":1.0,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":1.0,"truncation":"disabled","usage":null,"metadata":{}{{{more}}} }
        """;

    public const string Usage =
        ""","usage":{"input_tokens":36,"input_tokens_details":{"cached_tokens":4},"output_tokens":87,"output_tokens_details":{"reasoning_tokens":7},"total_tokens":123}""";

    public static string Created(string more = "") => $$"""{"type":"response.created","response":{{Response("in_progress", more: more)}}}""";

    public static string Completed(string output = "", string more = "") =>
        $$"""{"type":"response.completed","response":{{Response("completed", output, Usage + more)}}}""";

    public static string Text(string delta, int item = 0, int part = 0) =>
        $$"""{"type":"response.output_text.delta","item_id":"msg_{{item}}","output_index":{{item}},"content_index":{{part}},"delta":"{{delta}}","logprobs":[]}""";

    public static string Added(int index, string item) => $$"""{"type":"response.output_item.added","output_index":{{index}},"item":{{item}}}""";

    public static string Done(int index, string item) => $$"""{"type":"response.output_item.done","output_index":{{index}},"item":{{item}}}""";

    public static string Message(string id, string text) =>
        $$"""{"type":"message","id":"{{id}}","status":"completed","role":"assistant","content":[{"type":"output_text","text":"{{text}}","annotations":[]}]}""";

    /// <summary>The events, numbered from <paramref name="first"/>.</summary>
    public static string[] Number(IEnumerable<string> events, int first = 0) =>
        [.. events.Select((e, i) => e[..^1] + $",\"sequence_number\":{first + i}}}")];

    /// <summary>A stream of these events, with their names.</summary>
    public static HttpResponseMessage Sse(params string[] events) => FakeHttpHandler.RawSse(Bytes(Number(events)));

    public static byte[] Bytes(IEnumerable<string> numbered) => Encoding.UTF8.GetBytes(string.Concat(numbered.Select(e =>
        $"event: {e.Split('"')[3]}\ndata: {e}\n\n")));

    /// <summary>The updates that a client makes of these events.</summary>
    public static async Task<List<ChatResponseUpdate>> ReadAsync(params string[] events)
    {
        using var client = TestClients.CreateResponses(new FakeHttpHandler(_ => Sse(events)));
        return await client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]).ToListAsync();
    }

    public static IEnumerable<T> All<T>(IEnumerable<ChatResponseUpdate> updates)
        where T : AIContent => updates.SelectMany(u => u.Contents).OfType<T>();

    public static OpenAIResponsesChatClient Client(Func<FakeHttpRequest, HttpResponseMessage> answer, ProviderKind kind = ProviderKind.OpenAI) =>
        TestClients.CreateResponses(new FakeHttpHandler(answer), kind);
}
