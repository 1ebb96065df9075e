using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>Reads the specification's comparison and compound filters over file attributes.</summary>
public static class AttributeFilter
{
    private static readonly string[] s_comparisons = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin"];

    /// <summary>A test of a file's attributes. Throws <see cref="ApiErrorException"/> (400) that names what is wrong.</summary>
    public static Func<IReadOnlyDictionary<string, object>, bool> Read(JsonElement filter, string param = "filters")
    {
        if (filter.ValueKind != JsonValueKind.Object)
        {
            throw new ApiErrorException(ApiError.WrongType(param, "an object"));
        }

        var type = filter.Text("type") ?? throw new ApiErrorException(ApiError.Missing($"{param}.type"));
        if (type is "and" or "or")
        {
            var parts = Parts(filter, param);
            return type == "and"
                ? attributes => parts.TrueForAll(part => part(attributes))
                : attributes => parts.Exists(part => part(attributes));
        }

        if (!s_comparisons.Contains(type))
        {
            throw new ApiErrorException(ApiError.Invalid($"{param}.type", $"Invalid value: '{type}'. Supported values are: 'eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'and', and 'or'."));
        }

        var key = filter.Text("key") ?? throw new ApiErrorException(ApiError.Missing($"{param}.key"));
        return Comparison(type, key, filter.Member("value") ?? throw new ApiErrorException(ApiError.Missing($"{param}.value")), $"{param}.value");
    }

    private static List<Func<IReadOnlyDictionary<string, object>, bool>> Parts(JsonElement filter, string param) =>
        filter.Member("filters") is { ValueKind: JsonValueKind.Array } parts
            ? [.. parts.EnumerateArray().Select((part, index) => Read(part, $"{param}.filters[{index}]"))]
            : throw new ApiErrorException(filter.Member("filters") is null ? ApiError.Missing($"{param}.filters") : ApiError.WrongType($"{param}.filters", "an array of objects"));

    private static Func<IReadOnlyDictionary<string, object>, bool> Comparison(string type, string key, JsonElement value, string param)
    {
        if (type is "in" or "nin")
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                throw new ApiErrorException(ApiError.WrongType(param, "an array of strings or numbers"));
            }

            var items = value.EnumerateArray().Select((item, index) => Scalar(item, $"{param}[{index}]")).ToList();
            return attributes => (attributes.TryGetValue(key, out var own) && items.Contains(own)) == (type == "in");
        }

        var wanted = Scalar(value, param);
        return type switch
        {
            "eq" => attributes => attributes.TryGetValue(key, out var own) && own.Equals(wanted),
            "ne" => attributes => !(attributes.TryGetValue(key, out var own) && own.Equals(wanted)),
            _ when wanted is bool => throw new ApiErrorException(ApiError.WrongType(param, "a number or string")),
            "gt" => attributes => Compare(attributes, key, wanted) > 0,
            "gte" => attributes => Compare(attributes, key, wanted) >= 0,
            "lt" => attributes => Compare(attributes, key, wanted) < 0,
            _ => attributes => Compare(attributes, key, wanted) <= 0,
        };
    }

    /// <summary>Null, and so neither greater nor less, if the attribute is absent or of another kind.</summary>
    private static int? Compare(IReadOnlyDictionary<string, object> attributes, string key, object wanted) => (attributes.GetValueOrDefault(key), wanted) switch
    {
        (double own, double other) => own.CompareTo(other),
        (string own, string other) => string.CompareOrdinal(own, other),
        _ => null,
    };

    private static object Scalar(JsonElement value, string param) => value.ValueKind switch
    {
        JsonValueKind.String => ReadText(value, param),
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new ApiErrorException(ApiError.WrongType(param, "a string, number or boolean")),
    };

    private static string ReadText(JsonElement value, string param)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ApiErrorException(ApiError.WrongType(param, "valid Unicode"));
        }
    }
}
