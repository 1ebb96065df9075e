using System.Text.Json;

namespace BlazorAgents.Emulator.Wire;

/// <summary>Reads "metadata" and "attributes": at most 16 pairs, keys of 64 and texts of 512 characters.</summary>
internal static class KeyValues
{
    private const int MostPairs = 16;
    private const int LongestKey = 64;
    private const int LongestText = 512;

    private static readonly IReadOnlyDictionary<string, string> s_noMetadata = new Dictionary<string, string>();
    private static readonly IReadOnlyDictionary<string, object> s_noAttributes = new Dictionary<string, object>();

    /// <summary>Texts only; absent is empty.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(JsonElement body, string param = "metadata") => body.Member("metadata") is { } value
        ? Read(value, param, (item, at) => item.ValueKind == JsonValueKind.String ? Text(item, at) : throw new ApiErrorException(ApiError.WrongType(at, "a string")))
        : s_noMetadata;

    /// <summary>Texts, numbers (as double) and booleans; absent is empty.</summary>
    public static IReadOnlyDictionary<string, object> Attributes(JsonElement body, string param = "attributes") => body.Member("attributes") is { } value
        ? Read(value, param, Scalar)
        : s_noAttributes;

    private static object Scalar(JsonElement item, string at) => item.ValueKind switch
    {
        JsonValueKind.String => Text(item, at),
        JsonValueKind.Number when item.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new ApiErrorException(ApiError.WrongType(at, "a string, number or boolean")),
    };

    private static Dictionary<string, T> Read<T>(JsonElement value, string param, Func<JsonElement, string, T> read)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new ApiErrorException(ApiError.WrongType(param, "an object"));
        }

        var pairs = new Dictionary<string, T>();
        foreach (var property in value.EnumerateObject())
        {
            var key = Unicode(() => property.Name, param);
            var at = $"{param}.{key}";
            if (key.Length > LongestKey)
            {
                throw new ApiErrorException(ApiError.Invalid(at, $"Invalid '{at}': a key has {key.Length} characters, at most {LongestKey} are allowed.", "string_above_max_length"));
            }

            pairs[key] = read(property.Value, at);
        }

        return pairs.Count <= MostPairs
            ? pairs
            : throw new ApiErrorException(ApiError.Invalid(param, $"Invalid '{param}': too many properties. Expected an object with at most {MostPairs} properties, but got {pairs.Count} instead.", "object_above_max_properties"));
    }

    private static string Text(JsonElement item, string at)
    {
        var text = Unicode(() => item.GetString()!, at);
        return text.Length <= LongestText
            ? text
            : throw new ApiErrorException(ApiError.Invalid(at, $"Invalid '{at}': string too long. Expected a string with maximum length {LongestText}, but got a string with length {text.Length} instead.", "string_above_max_length"));
    }

    /// <summary>A string of the body; JSON may hold half of a surrogate pair, which is none.</summary>
    private static string Unicode(Func<string> read, string at)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new ApiErrorException(new ApiError(400, "Invalid body: failed to parse JSON value: a string is not valid Unicode.", Param: at));
        }
    }
}
