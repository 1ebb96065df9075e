using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo;

/// <summary>The offline demo: rules that choose tools, fill arguments and word answers. Not a language model, and says so.</summary>
public sealed class DemoModel(DemoPace pace) : IBrain
{
    /// <summary>The demo's own model id.</summary>
    public const string ModelId = "demo-model";

    /// <inheritdoc />
    public IReadOnlyList<string> Models { get; } = [ModelId, "gpt-4o", "gpt-4o-mini"];

    /// <inheritdoc />
    public bool Knows(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Models.Contains(model) || model.Contains("demo", StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc />
    public async Task<bool> TryAnswerAsync(Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        if (!exchange.IsChatCompletion)
        {
            return false;
        }

        var request = ChatRequestReader.Read(exchange.Body, Knows);
        await new AnswerWriter(exchange, request, pace).WriteAsync(DemoRules.Answer(request, exchange.Time));
        return true;
    }
}
