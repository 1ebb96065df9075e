using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>An assistant: a model with instructions and tools.</summary>
internal sealed record Assistant(string Id, long CreatedAt, string Model)
{
    private const int LongestName = 256;
    private const int LongestDescription = 512;
    private const int LongestInstructions = 256_000;

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Instructions { get; init; }

    public AssistantTools Tools { get; init; } = AssistantTools.None;

    public ToolResources Resources { get; init; } = ToolResources.None;

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public double? Temperature { get; init; } = 1;

    public double? TopP { get; init; } = 1;

    public JsonElement? Format { get; init; }

    /// <summary>Bytes of the request that made it what it is.</summary>
    public int Size { get; init; }

    public object Shape => new
    {
        id = Id,
        @object = "assistant",
        created_at = CreatedAt,
        name = Name,
        description = Description,
        model = Model,
        instructions = Instructions,
        tools = Tools.Echo,
        tool_resources = Resources.Shape,
        metadata = Metadata,
        temperature = Temperature,
        top_p = TopP,
        response_format = (object?)Format ?? ResponseFormat.Auto,
    };

    /// <summary>The assistant as a request creates or modifies it.</summary>
    public Assistant With(Exchange exchange, Func<string, bool> knows) => With(WireJson.ParseObject(exchange.Body), exchange.State, knows) with { Size = exchange.Body.Length };

    private Assistant With(JsonElement body, EmulatorState state, Func<string, bool> knows) => this with
    {
        Model = Fields.Model(body.Member("model") is null ? Model : body.Text("model"), knows),
        Name = Fields.Text(body, "name", LongestName, Name),
        Description = Fields.Text(body, "description", LongestDescription, Description),
        Instructions = Fields.Text(body, "instructions", LongestInstructions, Instructions),
        Tools = AssistantTools.Read(body) ?? Tools,
        Temperature = Fields.Number(body, "temperature", 2, Temperature),
        TopP = Fields.Number(body, "top_p", 1, TopP),
        Format = ResponseFormat.Read(body) ?? Format,
        Metadata = body.Member("metadata") is null ? Metadata : KeyValues.Metadata(body),

        // Last: a helper in it makes a vector store.
        Resources = ToolResources.Read(body, state) ?? Resources,
    };
}
