using System.Text.Json;

namespace BlazorAgents.Emulator.Wire;

/// <summary>Reads an array of strings, or refuses it by its name.</summary>
internal static class TextList
{
    public static IReadOnlyList<string> Read(JsonElement list, string param, int most = int.MaxValue)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new ApiErrorException(ApiError.WrongType(param, "an array of strings"));
        }

        return list.GetArrayLength() > most
            ? throw new ApiErrorException(ApiError.Invalid(param, $"Invalid '{param}': array too long. Expected an array with maximum length {most}, but got an array with length {list.GetArrayLength()} instead.", "array_above_max_length"))
            : [.. list.EnumerateArray().Select((item, index) => item.ValueKind == JsonValueKind.String ? Text(item, $"{param}[{index}]") : throw new ApiErrorException(ApiError.WrongType($"{param}[{index}]", "a string")))];
    }

    private static string Text(JsonElement item, string param)
    {
        try
        {
            return item.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ApiErrorException(ApiError.WrongType(param, "valid Unicode"));
        }
    }
}
