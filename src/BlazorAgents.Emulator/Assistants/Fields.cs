using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>Reads fields that a modification may leave out (they stay) or set to null (they go).</summary>
internal static class Fields
{
    public static string? Text(JsonElement body, string name, int longest, string? basis)
    {
        if (!body.TryGetProperty(name, out var value))
        {
            return basis;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var text = body.Text(name) ?? throw new ApiErrorException(ApiError.WrongType(name, "a string"));
        return text.Length <= longest
            ? text
            : throw new ApiErrorException(ApiError.Invalid(name, $"Invalid '{name}': string too long. Expected a string with maximum length {longest}, but got a string with length {text.Length} instead.", "string_above_max_length"));
    }

    public static double? Number(JsonElement body, string name, double most, double? basis)
    {
        if (!body.TryGetProperty(name, out var value))
        {
            return basis;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number when value.GetDouble() is >= 0 and var number && number <= most => number,
            JsonValueKind.Number => throw new ApiErrorException(ApiError.Invalid(name, $"Invalid '{name}': expected a number between 0 and {most}.")),
            _ => throw new ApiErrorException(ApiError.WrongType(name, "a number")),
        };
    }

    /// <summary>The member, or null; 400 if it is of another kind than these.</summary>
    public static JsonElement? Kind(JsonElement owner, string name, string at, string expected, params JsonValueKind[] kinds) => owner.Member(name) switch
    {
        null => null,
        { } member when kinds.Contains(member.ValueKind) => member,
        _ => throw new ApiErrorException(ApiError.WrongType($"{at}.{name}", expected)),
    };

    public static string Model(string? model, Func<string, bool> knows) => model is not { Length: > 0 }
        ? throw new ApiErrorException(ApiError.Missing("model"))
        : knows(model) ? model : throw new ApiErrorException(ApiError.Invalid("model", $"The requested model '{model}' does not exist.", "model_not_found"));
}
