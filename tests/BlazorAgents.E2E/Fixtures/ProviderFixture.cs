using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Scripted;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>A model server on loopback whose every answer is the test's. Titles are answered by themselves, so that they take no scripted reply.</summary>
public sealed class ProviderFixture : IAsyncDisposable
{
    private EmulatorServer? _server;

    private ProviderFixture()
    {
    }

    /// <summary>What it answers and was asked.</summary>
    public ScriptedProvider Script { get; } = new ScriptedProvider()
        .RespondWhen(request => request.IsTitleRequest, _ => ScriptedReply.Answer("A title"));

    /// <summary>Requests for answers, without those for titles.</summary>
    public IEnumerable<ScriptedRequest> AnswerRequests => Script.Requests.Where(request => request.Path == "/v1/chat/completions" && !request.IsTitleRequest);

    /// <summary>Answers a message, whose text must be the test's own, with these replies in turn; the last one again for further requests.</summary>
    public void Answer(string message, params ScriptedReply[] replies)
    {
        var next = -1;
        Script.RespondWhen(
            request => !request.IsTitleRequest && Asked(request) == message,
            _ => replies[Math.Min(Interlocked.Increment(ref next), replies.Length - 1)]);
    }

    /// <summary>Requests for answers to a message.</summary>
    public IReadOnlyList<ScriptedRequest> RequestsFor(string message) => [.. AnswerRequests.Where(request => Asked(request) == message)];

    /// <summary>A server that listens.</summary>
    public static async Task<ProviderFixture> StartAsync()
    {
        var provider = new ProviderFixture();
        provider._server = await EmulatorServer.StartAsync(new EmulatorOptions { Brain = provider.Script });
        return provider;
    }

    /// <summary>The settings that point the application here.</summary>
    public Dictionary<string, string?> Settings(string key = "sk-test") => new()
    {
        ["OPENAI_API_BASE_URL"] = _server!.BaseUrl.ToString(),
        ["OPENAI_API_KEY"] = key,
        ["OPENAI_CHAT_MODEL_ID"] = "scripted-model",
    };

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    // A continued answer is asked for by an instruction of the application's after the person's message.
    private static string Asked(ScriptedRequest request) =>
        request.LastUserText.StartsWith("Continue your previous answer", StringComparison.Ordinal)
            ? request.Messages.Where(message => message.GetProperty("role").GetString() == "user").SkipLast(1).Select(message => message.GetProperty("content").ToString()).LastOrDefault("")
            : request.LastUserText;
}
