using BlazorAgents.OpenAI.Probe;
using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>What each client type can do at one provider, from what its test showed and from what the interfaces are.</summary>
internal sealed class ClientComparison
{
    private const string NotHosted = "Chat Completions has no such tool; agents can have one of BlazorAgents' own.";
    private readonly ProviderKind _kind;
    private readonly Dictionary<Capability, CapabilityResult> _results;

    public ClientComparison(ProviderKind kind, IEnumerable<CapabilityResult> results)
    {
        _kind = kind;
        _results = results.DistinctBy(result => result.Capability).ToDictionary(result => result.Capability);
        var works = new Row("Works with this provider", [Chat(), Responses(), Assistants(), Api()]);
        Rows = [works, .. Features().Select(row => row with { Cells = [.. row.Cells.Zip(works.Cells, Shorten)] })];
    }

    /// <summary>The client types, in the order of the cells.</summary>
    public static IReadOnlyList<ClientType> Types { get; } = [ClientType.Chat, ClientType.Responses, ClientType.Assistants, ClientType.AssistantsApi];

    public IReadOnlyList<Row> Rows { get; }

    private IReadOnlyList<Row> Features() =>
        [
            new("The provider keeps the thread", [No("BlazorAgents keeps it and sends it each time."), Then(Responses(), Yes("With stored responses; or BlazorAgents keeps it.")), Assistants(), Api()]),
            new("Tool calls", Modelled(Capability.Tools)),
            new("Several tool calls at once", Modelled(Capability.ParallelTools)),
            new("Images", Modelled(Capability.Vision)),
            new("Structured output", Modelled(Capability.JsonSchema)),
            new("File search", [No(NotHosted), All(Capability.Responses, Capability.VectorStores), All(Capability.Responses, Capability.Conversations, Capability.VectorStores), All(Capability.Assistants, Capability.VectorStores)]),
            new("Code interpreter", [No(NotHosted), Hosted(Responses()), Hosted(Assistants()), Hosted(Api())]),
            new("Web search", [No(NotHosted), Hosted(Responses()), Hosted(Assistants()), No("The Assistants API has no web search.")]),
            new("Reasoning summaries", [No("Only Responses carries them."), Then(Responses(), Unknown("Depends on the model.")), Then(Assistants(), Unknown("Depends on the model.")), No("Only Responses carries them.")]),
            new("Goes on in the background", [No("An answer ends with its connection."), All(Capability.Responses, Capability.Background), All(Capability.Responses, Capability.Conversations, Capability.Background), Then(Api(), Yes("Runs are the server's."))]),
        ];

    private Cell Chat() => All(Capability.Streaming);

    private Cell Responses() => All(Capability.Responses);

    private Cell Assistants() => All(Capability.Responses, Capability.Conversations);

    private Cell Api() => All(Capability.Assistants);

    /// <summary>Yes if all of them are; otherwise the first that stands against it, a "no" before an "unknown".</summary>
    private Cell All(params ReadOnlySpan<Capability> needed)
    {
        Cell? missing = null;
        foreach (var capability in needed)
        {
            var cell = Of(capability);
            missing = cell.Support == CapabilitySupport.Yes || missing?.Support == CapabilitySupport.No ? missing
                : missing is null || cell.Support == CapabilitySupport.No ? cell with { Reason = $"{ProviderWords.Name(capability)}: {cell.Reason}" }
                : missing;
        }

        return missing ?? Of(needed[^1]);
    }

    private Cell Of(Capability capability) =>
        _results.TryGetValue(capability, out var result) ? new Cell(result.Support, result.Detail) : Unknown("Not tested yet.");

    /// <summary>A matter of the model, which was tested over Chat Completions.</summary>
    private IReadOnlyList<Cell> Modelled(Capability capability)
    {
        var seen = Of(capability);
        var elsewhere = seen.Support == CapabilitySupport.Yes ? Yes("The model can, as tested over Chat.") : Unknown($"Tested over Chat only: {seen.Reason}");
        return [Then(Chat(), seen), Then(Responses(), elsewhere), Then(Assistants(), elsewhere), Then(Api(), elsewhere)];
    }

    /// <summary>A tool that the provider runs. Not tested: each call costs money.</summary>
    private Cell Hosted(Cell wire) => Then(wire, _kind == ProviderKind.Compatible
        ? Unknown("Not tested; the server's documentation tells.")
        : Yes("Part of the interface; not tested, because each call costs money."));

    private static Cell Then(Cell wire, Cell then) => wire.Support == CapabilitySupport.Yes ? then : wire;

    // Where a client type does not work at all, one line says why.
    private static Cell Shorten(Cell cell, Cell works) =>
        cell == works && works.Support != CapabilitySupport.Yes ? cell with { Reason = "As in the first line." } : cell;

    private static Cell Yes(string reason) => new(CapabilitySupport.Yes, reason);

    private static Cell No(string reason) => new(CapabilitySupport.No, reason);

    private static Cell Unknown(string reason) => new(CapabilitySupport.Unknown, reason);

    /// <summary>Whether a client type can do something, and why.</summary>
    public sealed record Cell(CapabilitySupport Support, string Reason);

    /// <summary>One feature over all client types, in the order of <see cref="Types"/>.</summary>
    public sealed record Row(string Feature, IReadOnlyList<Cell> Cells);
}
