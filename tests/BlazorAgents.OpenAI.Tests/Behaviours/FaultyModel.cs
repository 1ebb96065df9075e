using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Scripted;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>The demo model, whose first answer is a fault.</summary>
/// <param name="fault">What comes instead of it, on whatever wire.</param>
/// <param name="isWholeServer">Whether everything is answered so, always: it is no OpenAI server at all.</param>
internal sealed class FaultyModel(ScriptedReply fault, bool isWholeServer = false) : IBrain
{
    private readonly DemoModel _demo = new(DemoPace.Instant);
    private readonly ScriptedProvider _script = new ScriptedProvider { Validates = false }.RespondWhen(_ => true, _ => fault);
    private int _answers;

    public IReadOnlyList<string> Models => _demo.Models;

    /// <summary>The first request for an answer.</summary>
    public Task<ScriptedRequest> AskedAsync() => _script.NextRequestAsync();

    public bool Knows(string model) => _demo.Knows(model);

    public Task<bool> TryAnswerAsync(Exchange exchange)
    {
        var asksForAnswer = exchange.IsChatCompletion || exchange.IsResponseCreation
            || (exchange.Method == "POST" && exchange.Path.EndsWith("/runs", StringComparison.Ordinal));
        return isWholeServer || (asksForAnswer && Interlocked.Increment(ref _answers) == 1)
            ? _script.TryAnswerAsync(exchange)
            : _demo.TryAnswerAsync(exchange);
    }
}
