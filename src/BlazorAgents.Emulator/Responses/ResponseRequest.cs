using System.Text.Json;

namespace BlazorAgents.Emulator.Responses;

/// <summary>A valid request to create a response.</summary>
internal sealed record ResponseRequest
{
    /// <summary>The body, for what is only echoed.</summary>
    public required JsonElement Root { get; init; }

    public required string Model { get; init; }

    /// <summary>New items, completed; may hold item references.</summary>
    public required IReadOnlyList<JsonElement> Input { get; init; }

    public string? Instructions { get; init; }

    public string? PreviousResponseId { get; init; }

    public string? ConversationId { get; init; }

    public bool Store { get; init; } = true;

    public bool Background { get; init; }

    public bool Stream { get; init; }

    public required IReadOnlySet<string> Include { get; init; }

    public required ResponseTools Tools { get; init; }

    public required ToolChoice Choice { get; init; }

    public bool ParallelCalls { get; init; } = true;

    public int? MaxOutputTokens { get; init; }

    public int? MaxToolCalls { get; init; }

    /// <summary>JSON schema the answer must satisfy, or null.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>The answer must be some JSON object.</summary>
    public bool JsonObject { get; init; }

    /// <summary>Whether a summary of the reasoning is wanted.</summary>
    public bool ReasoningSummary { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}
