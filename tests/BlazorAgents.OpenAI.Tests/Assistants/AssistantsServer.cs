using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BlazorAgents.OpenAI.Assistants;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using OpenAI;

namespace BlazorAgents.OpenAI.Tests.Assistants;

/// <summary>The least of an Assistants API that a test needs: canned answers, and what was asked.</summary>
internal sealed class AssistantsServer
{
    private readonly ConcurrentQueue<Func<HttpResponseMessage>> _runs = new();
    private int _assistants;
    private int _threads;

    public AssistantsServer() => Handler = new FakeHttpHandler(Answer);

    public FakeHttpHandler Handler { get; }

    /// <summary>Answers before the defaults do; null leaves it to them.</summary>
    public Func<FakeHttpRequest, HttpResponseMessage?> First { get; set; } = _ => null;

    /// <summary>What was asked: "POST /assistants".</summary>
    public IReadOnlyList<string> Calls => [.. Handler.Requests.Select(r => $"{r.Method} {Path(r)}")];

    /// <summary>The bodies of the requests to one path.</summary>
    public IReadOnlyList<JsonNode> Bodies(string call) =>
        [.. Handler.Requests.Where(r => $"{r.Method} {Path(r)}" == call).Select(r => JsonNode.Parse(r.Body)!)];

    public static string Run(string status, string more = "", string id = "run_1") =>
        "{\"id\":\"" + id + "\",\"object\":\"thread.run\",\"created_at\":1,\"thread_id\":\"thread_1\",\"assistant_id\":\"asst_1\",\"status\":\"" + status
        + "\",\"model\":\"gpt-test\",\"instructions\":\"\",\"tools\":[],\"metadata\":{},\"parallel_tool_calls\":true" + more + "}";

    public static string Waiting(params string[] calls) => Run(
        "requires_action", ",\"required_action\":{\"type\":\"submit_tool_outputs\",\"submit_tool_outputs\":{\"tool_calls\":["
        + string.Join(',', calls.Select(c => "{\"id\":\"" + c + "\",\"type\":\"function\",\"function\":{\"name\":\"t\",\"arguments\":\"{\\\"x\\\":1}\"}}")) + "]}}");

    public static string Completed { get; } = Run("completed", ",\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10}");

    public static (string Event, string Data) Text(string text) => (
        "thread.message.delta",
        "{\"id\":\"msg_1\",\"object\":\"thread.message.delta\",\"delta\":{\"content\":[{\"index\":0,\"type\":\"text\",\"text\":{\"value\":\"" + text + "\"}}]}}");

    /// <summary>The next run streams these events after its creation, and [DONE].</summary>
    public AssistantsServer Then(params (string Event, string Data)[] events)
    {
        _runs.Enqueue(() => Sse([("thread.run.created", Run("queued")), .. events]));
        return this;
    }

    public AssistantsServer ThenText(string text) => Then(Text(text), ("thread.run.completed", Completed));

    public AssistantsServer ThenCalls(params string[] calls) => Then(("thread.run.requires_action", Waiting(calls)));

    public AssistantsServer Then(Func<HttpResponseMessage> answer)
    {
        _runs.Enqueue(answer);
        return this;
    }

    public AssistantsApiChatClient CreateClient(AssistantsApiOptions? options = null, TimeProvider? time = null)
    {
        using var chat = TestClients.Create(Handler);
        var profile = new ProviderProfile(ProviderKind.Compatible, new Uri("http://provider.test/v1"));
        return new AssistantsApiChatClient(
            (OpenAIClient)chat.GetService(typeof(OpenAIClient))!,
            profile,
            "gpt-test",
            new ErrorTranslator(profile, new SecretRedactor(TestClients.Key), TimeProvider.System),
            options,
            time);
    }

    public static HttpResponseMessage Sse(params (string Event, string Data)[] events) => FakeHttpHandler.RawSse(Encoding.UTF8.GetBytes(
        string.Concat(events.Append(("done", "[DONE]")).Select(e => $"event: {e.Item1}\ndata: {e.Item2}\n\n"))));

    public static HttpResponseMessage Error(int status, string message, string? code = null) => FakeHttpHandler.Json(
        "{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":" + (code is null ? "null" : $"\"{code}\"") + "}}",
        (HttpStatusCode)status);

    private static string Path(FakeHttpRequest request) => request.Uri.AbsolutePath["/v1".Length..];

    private HttpResponseMessage Answer(FakeHttpRequest request)
    {
        var path = Path(request);
        return First(request) ?? ((request.Method.Method, path) switch
        {
            ("POST", "/assistants") => FakeHttpHandler.Json(Assistant($"asst_{Interlocked.Increment(ref _assistants)}", request.Body)),
            ("POST", "/threads") => FakeHttpHandler.Json(
                "{\"id\":\"thread_" + Interlocked.Increment(ref _threads) + "\",\"object\":\"thread\",\"created_at\":1,\"metadata\":{},\"tool_resources\":{}}"),
            ("POST", "/files") => FakeHttpHandler.Json(
                """{"id":"file_1","object":"file","bytes":1,"created_at":1,"filename":"f","purpose":"assistants","status":"processed"}"""),
            ("DELETE", _) => FakeHttpHandler.Json("{\"id\":\"" + path.Split('/')[^1] + "\",\"object\":\"x.deleted\",\"deleted\":true}"),
            ("POST", _) when path.EndsWith("/cancel", StringComparison.Ordinal) => FakeHttpHandler.Json(Run("cancelled")),
            ("GET", _) when path.EndsWith("/runs", StringComparison.Ordinal) => FakeHttpHandler.Json(List()),
            ("POST", _) when path.EndsWith("/runs", StringComparison.Ordinal) || path.EndsWith("/submit_tool_outputs", StringComparison.Ordinal) =>
                _runs.TryDequeue(out var run) ? run() : Error(500, "The test has no run."),
            _ => Error(500, $"The test has no answer for {request.Method} {path}."),
        });
    }

    public static string List(params string[] items) =>
        "{\"object\":\"list\",\"data\":[" + string.Join(',', items) + "],\"first_id\":\"a\",\"last_id\":\"b\",\"has_more\":false}";

    public static string Assistant(string id, string body)
    {
        var metadata = body.Length == 0 ? "{}" : JsonNode.Parse(body)!["metadata"]?.ToJsonString() ?? "{}";
        return "{\"id\":\"" + id + "\",\"object\":\"assistant\",\"created_at\":1,\"name\":null,\"description\":null,\"model\":\"gpt-test\","
            + "\"instructions\":null,\"tools\":[],\"metadata\":" + metadata + "}";
    }
}
