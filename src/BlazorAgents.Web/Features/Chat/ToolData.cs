using System.Globalization;
using System.Text.Json;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>A tool's arguments or result for reading: a table where it is JSON, text where it is not. Bounded, and always plain text.</summary>
/// <param name="Rows">Names with their values; empty when there is only text.</param>
/// <param name="Text">The value that has no names.</param>
/// <param name="Raw">The indented JSON, or null when it is no JSON.</param>
public sealed record ToolData(IReadOnlyList<KeyValuePair<string, string>> Rows, string? Text, string? Raw)
{
    private const int MaxRows = 60;
    private const int MaxValue = 2_000;
    private const int MaxRaw = 20_000;
    private const int MaxParsed = 256 * 1024;
    private const int MaxDepth = 3;

    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 32 };
    private static readonly JsonSerializerOptions s_writing = new()
    {
        WriteIndented = true,
        MaxDepth = 32,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // shown as text, encoded by Blazor
    };

    /// <summary>Reads what a model or a tool wrote; never throws.</summary>
    public static ToolData Read(string source)
    {
        if (source.Length > MaxParsed)
        {
            return new([], Cut(source, MaxRaw), null);
        }

        try
        {
            using var json = JsonDocument.Parse(source, s_reading);
            var rows = new List<KeyValuePair<string, string>>();
            if (json.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array && !IsPlainList(json.RootElement))
            {
                Flatten(json.RootElement, "", 0, rows);
                return new(rows, rows.Count == 0 ? "Nothing" : null, Indented(json.RootElement));
            }

            return new([], Value(json.RootElement), null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new([], Cut(source, MaxRaw), null);
        }
    }

    /// <summary>The argument that best says what the call is about: the first plain value, at most 60 characters.</summary>
    public string? Target => Rows.Select(row => row.Value).FirstOrDefault(value => value.Length > 0) is { } value
        ? Cut(value.ReplaceLineEndings(" "), 60, counted: false)
        : null;

    private static void Flatten(JsonElement element, string name, int depth, List<KeyValuePair<string, string>> rows)
    {
        if (rows.Count >= MaxRows)
        {
            return;
        }

        if (depth > MaxDepth || element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) || IsPlainList(element))
        {
            rows.Add(rows.Count == MaxRows - 1 ? new("…", "more in the JSON") : new(Cut(name, 120, counted: false), Value(element)));
        }
        else if (element.ValueKind is JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                Flatten(property.Value, name.Length == 0 ? property.Name : $"{name} › {property.Name}", depth + 1, rows);
            }
        }
        else
        {
            var number = 0;
            foreach (var item in element.EnumerateArray())
            {
                number++;
                Flatten(item, string.Create(CultureInfo.InvariantCulture, $"{name} {number}").Trim(), depth + 1, rows);
            }
        }
    }

    private static bool IsPlainList(JsonElement element) =>
        element.ValueKind is JsonValueKind.Array
        && element.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));

    private static string Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Cut(element.GetString()!, MaxValue),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Null => "none",
        JsonValueKind.Array when IsPlainList(element) => Cut(string.Join(", ", element.EnumerateArray().Select(Value)), MaxValue),
        _ => Cut(element.GetRawText(), MaxValue),
    };

    private static string Indented(JsonElement element) => Cut(JsonSerializer.Serialize(element, s_writing), MaxRaw);

    private static string Cut(string text, int length, bool counted = true)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return counted
            ? string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}… ({text.Length:N0} characters)")
            : text[..end] + "…";
    }
}
