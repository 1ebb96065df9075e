using System.Text.Json;

namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>Values of conditions as people type them: numbers, true, false and null as such, a text as it is, in quotes where it would else be one of those.</summary>
internal static class ConditionText
{
    /// <summary>A value for its field.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "",
        JsonValueKind.String when TextOf(value).Length > 0 && Guess(TextOf(value)).ValueKind == JsonValueKind.String && !TextOf(value).StartsWith('"') => TextOf(value),
        JsonValueKind.Array when value.EnumerateArray().All(IsPlain) => string.Join(", ", value.EnumerateArray().Select(Of)),
        _ => value.GetRawText(),
    };

    /// <summary>The value of a field.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="op">The condition's operator.</param>
    /// <param name="type">The argument's JSON schema type, if the tool tells.</param>
    public static JsonElement Read(string text, string op, string? type) => op switch
    {
        "one_of" when text.TrimStart().StartsWith('[') => Parse(text) ?? Text(text),
        "one_of" => JsonSerializer.SerializeToElement(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => One(part, type))),
        "matches" => One(text, "string"),
        "contains" when type is null => One(text, "string"),
        _ => One(text, type),
    };

    /// <summary>The text of a string; half of a surrogate pair stays as it is written in JSON.</summary>
    public static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    private static bool IsPlain(JsonElement value) =>
        value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
        && Of(value) is { Length: > 0 } text && text.Trim() == text && !text.Contains(',', StringComparison.Ordinal);

    private static JsonElement One(string text, string? type)
    {
        var guess = Guess(text);
        return type == "string" && guess.ValueKind is not JsonValueKind.String && text.Trim() != "null" ? Text(text) : guess;
    }

    private static JsonElement Guess(string text) =>
        Parse(text) is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) } value ? value : Text(text);

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null; // half of a surrogate pair is no JSON either
        }
    }
}
