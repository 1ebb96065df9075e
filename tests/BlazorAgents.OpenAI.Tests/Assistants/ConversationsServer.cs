using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using BlazorAgents.OpenAI.Assistants;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.OpenAI.Tests.Responses;
using BlazorAgents.Testing.Fakes;
using OpenAI;

namespace BlazorAgents.OpenAI.Tests.Assistants;

/// <summary>The least of Conversations and Responses that a test needs: canned answers, and what was asked.</summary>
internal sealed class ConversationsServer
{
    private readonly ConcurrentQueue<Func<HttpResponseMessage>> _answers = new();
    private int _made;

    public ConversationsServer() => Handler = new FakeHttpHandler(Answer);

    public FakeHttpHandler Handler { get; }

    /// <summary>Answers before the defaults do; null leaves it to them.</summary>
    public Func<FakeHttpRequest, HttpResponseMessage?> First { get; set; } = _ => null;

    /// <summary>What was asked: "POST /responses".</summary>
    public IReadOnlyList<string> Calls => [.. Handler.Requests.Select(r => $"{r.Method} {Path(r)}")];

    /// <summary>The bodies of the requests for answers.</summary>
    public IReadOnlyList<JsonNode> Asked => [.. Handler.Requests.Where(r => Path(r) == "/responses").Select(r => JsonNode.Parse(r.Body)!)];

    public static string Call(string id) =>
        "{\"type\":\"function_call\",\"id\":\"fc_" + id + "\",\"call_id\":\"" + id + "\",\"name\":\"t\",\"arguments\":\"{}\",\"status\":\"completed\"}";

    public static string Output(string id) =>
        "{\"type\":\"function_call_output\",\"id\":\"fco_" + id + "\",\"call_id\":\"" + id + "\",\"output\":\"r\",\"status\":\"completed\"}";

    public ConversationsServer Then(params string[] events) => Then(() => ResponseWire.Sse(events));

    public ConversationsServer Then(Func<HttpResponseMessage> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public ConversationsServer ThenText(string text) =>
        Then(ResponseWire.Created(), ResponseWire.Text(text), ResponseWire.Completed(ResponseWire.Message("msg_0", text)));

    public ConversationsServer ThenCalls(params string[] ids) => Then(
        [ResponseWire.Created(), .. ids.Select((id, i) => ResponseWire.Done(i, Call(id))), ResponseWire.Completed(string.Join(',', ids.Select(Call)))]);

    public AssistantsChatClient CreateClient(bool deletesThreads = false, TimeProvider? time = null)
    {
        using var chat = TestClients.Create(Handler);
        var profile = new ProviderProfile(ProviderKind.OpenAI, new Uri("http://provider.test/v1"));
        return new AssistantsChatClient(
            (OpenAIClient)chat.GetService(typeof(OpenAIClient))!,
            profile,
            "gpt-test",
            new ErrorTranslator(profile, new SecretRedactor(TestClients.Key), TimeProvider.System),
            deletesThreads,
            time);
    }

    private static string Path(FakeHttpRequest request) => request.Uri.AbsolutePath["/v1".Length..];

    private HttpResponseMessage Answer(FakeHttpRequest request)
    {
        var path = Path(request);
        return First(request) ?? ((request.Method.Method, path) switch
        {
            ("POST", "/conversations") => FakeHttpHandler.Json(
                "{\"id\":\"conv_" + Interlocked.Increment(ref _made) + "\",\"object\":\"conversation\",\"created_at\":1,\"metadata\":{}}"),
            ("POST", "/responses") when _answers.TryDequeue(out var answer) => answer(),
            ("DELETE", _) => FakeHttpHandler.Json("{\"id\":\"" + path.Split('/')[^1] + "\",\"object\":\"conversation.deleted\",\"deleted\":true}"),
            _ => AssistantsServer.Error(500, $"The test has no answer for {request.Method} {path}."),
        });
    }
}
