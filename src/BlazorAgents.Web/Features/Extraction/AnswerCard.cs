using System.Text.Encodings.Web;
using System.Text.Json;
using BlazorAgents.Agents.Structured;

namespace BlazorAgents.Web.Features.Extraction;

/// <summary>What a card shows of an answer.</summary>
/// <param name="Json">What is written, completed while it grows.</param>
/// <param name="Errors">What is wrong with it; null while it is written.</param>
/// <param name="IsUnfinished">The answer ended before its JSON did.</param>
internal sealed record AnswerCard(JsonElement Json, IReadOnlyList<string>? Errors, bool IsUnfinished = false)
{
    private const int MaxExport = 500_000;

    private static readonly JsonSerializerOptions s_indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // shown as text, encoded by Blazor
    };

    /// <summary>The answer has the form that was asked for.</summary>
    public bool IsValid => Errors is [] && !IsUnfinished;

    /// <summary>The whole JSON for reading and copying; null while it is not whole, and where it holds half a character.</summary>
    public string? Indented { get; } = Errors is null || IsUnfinished ? null : Indent(Json);

    /// <summary>A link to the answer as a file of comma-separated values; null while it is not whole, and where it is too large for a link.</summary>
    public string? CsvLink { get; } = Errors is null || IsUnfinished ? null : ToLink(CsvTable.Of(Json, MaxExport));

    /// <summary>Reads the text as far as it is written; null when there is no JSON in it.</summary>
    public static AnswerCard? Writing(StructuredFormat format, PartialJson partial) =>
        Parse(format.Complete(partial)) is { } json ? new AnswerCard(json, Errors: null) : null;

    /// <summary>Reads the whole text of an answer that has ended; null when there is nothing in it for a card: a refusal, prose.</summary>
    public static AnswerCard? Ended(StructuredFormat format, string text, PartialJson partial)
    {
        var answer = format.Read(text);
        if (answer.Json is { } json)
        {
            return new AnswerCard(json, answer.Errors);
        }

        return Parse(format.Complete(partial)) is { } part && HasContent(part) ? new AnswerCard(part, answer.Errors, IsUnfinished: !partial.IsComplete) : null;
    }

    private static bool HasContent(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().Any(),
        JsonValueKind.Array => json.GetArrayLength() > 0,
        _ => true,
    };

    private static JsonElement? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonElement.Parse(json);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null; // half a character
        }
    }

    private static string? Indent(JsonElement json)
    {
        try
        {
            return JsonSerializer.Serialize(json, s_indented);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // The byte order mark tells spreadsheets that the text is UTF-8.
    private static string? ToLink(string? csv) => csv is null ? null : "data:text/csv;charset=utf-8," + Uri.EscapeDataString('\uFEFF' + csv);
}
