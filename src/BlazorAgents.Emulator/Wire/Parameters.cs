using System.Text.Json;

namespace BlazorAgents.Emulator.Wire;

/// <summary>Reads typed parameters of a request body and refuses others with the parameter's name.</summary>
internal static class Parameters
{
    private const int LongestShown = 64;

    public static string? OptionalText(this JsonElement root, string name) => root.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } => root.Text(name) ?? throw new ApiErrorException(new ApiError(400, "Invalid body: failed to parse JSON value: a string is not valid Unicode.")),
        _ => throw new ApiErrorException(ApiError.WrongType(name, "a string")),
    };

    public static bool Flag(this JsonElement root, string name, bool otherwise) => root.Member(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new ApiErrorException(ApiError.WrongType(name, "a boolean")),
    };

    public static int? Whole(this JsonElement root, string name, int least, int most = int.MaxValue)
    {
        if (root.Member(name) is not { } value)
        {
            return null;
        }

        var number = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var read) ? read : throw new ApiErrorException(ApiError.WrongType(name, "an integer"));
        return number < least
            ? throw new ApiErrorException(ApiError.Invalid(name, $"Invalid '{name}': integer below minimum value. Expected a value >= {least}, but got {number} instead.", "integer_below_min_value"))
            : number > most
                ? throw new ApiErrorException(ApiError.Invalid(name, $"Invalid '{name}': integer above maximum value. Expected a value <= {most}, but got {number} instead.", "integer_above_max_value"))
                : number;
    }

    public static double? Decimal(this JsonElement root, string name, double least, double most)
    {
        if (root.Member(name) is not { } value)
        {
            return null;
        }

        var number = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw new ApiErrorException(ApiError.WrongType(name, "a decimal"));
        return number < least
            ? throw new ApiErrorException(ApiError.Invalid(name, $"Invalid '{name}': decimal below minimum value. Expected a value >= {least}, but got {number} instead.", "decimal_below_min_value"))
            : number > most
                ? throw new ApiErrorException(ApiError.Invalid(name, $"Invalid '{name}': decimal above maximum value. Expected a value <= {most}, but got {number} instead.", "decimal_above_max_value"))
                : number;
    }

    public static string Choice(this JsonElement root, string name, string otherwise, params string[] allowed)
    {
        var value = root.OptionalText(name) ?? otherwise;
        return allowed.Contains(value)
            ? value
            : throw new ApiErrorException(ApiError.Invalid(name, $"Invalid value: '{value}'. Supported values are: {string.Join(", ", allowed.Select(choice => $"'{choice}'"))}."));
    }

    /// <summary>One of some words inside another parameter, which <paramref name="at"/> names with its dot; null and absent are null.</summary>
    public static string? ChoiceIn(this JsonElement root, string at, string name, params string[] allowed) => root.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } when root.Text(name) is { } word => allowed.Contains(word)
            ? word
            : throw new ApiErrorException(ApiError.Invalid(at + name, $"Invalid value: '{word}'. Supported values are: {string.Join(", ", allowed.Select(choice => $"'{choice}'"))}.")),
        _ => throw new ApiErrorException(ApiError.WrongType(at + name, "a string")),
    };

    /// <summary>Up to 16 pairs of strings; null and absent are empty.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(this JsonElement root) => KeyValues.Metadata(root);

    /// <summary>The id, or 400 if it does not begin with its kind's prefix.</summary>
    public static string RequirePrefix(string name, string id, string prefix) => id.StartsWith(prefix, StringComparison.Ordinal)
        ? id
        : throw new ApiErrorException(ApiError.Invalid(name, $"Invalid '{name}': '{(id.Length <= LongestShown ? id : id[..LongestShown] + "…")}'. Expected an ID that begins with '{prefix.TrimEnd('_')}'."));
}
