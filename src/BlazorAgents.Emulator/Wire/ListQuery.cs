using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Wire;

/// <summary>The query of a paged list: limit, order, after, before and include[].</summary>
internal sealed record ListQuery(int Limit, string? After, bool Ascending, string? Before = null)
{
    private const int MostItems = 100;
    private const int DefaultItems = 20;

    public static ListQuery Read(HttpRequest request, int otherwise = DefaultItems, int most = MostItems) => new(
        ReadLimit(Value(request, "limit"), otherwise, most),
        Value(request, "after"),
        Choice(request, "order", "asc", "desc") == "asc",
        Value(request, "before"));

    /// <summary>A query parameter that has one of some values, or null if it is absent.</summary>
    public static string? Choice(HttpRequest request, string name, params string[] allowed) => Value(request, name) switch
    {
        null => null,
        var value when allowed.Contains(value) => value,
        var value => throw new ApiErrorException(ApiError.Invalid(name, $"Invalid value: '{value}'. Supported values are: {string.Join(" and ", allowed.Select(item => $"'{item}'"))}.")),
    };

    /// <summary>The values of include, which clients write as include[]=a&amp;include[]=b, include=a or include[0]=a.</summary>
    public static IReadOnlySet<string> ReadInclude(HttpRequest request) =>
        request.Query.Where(pair => pair.Key == "include" || pair.Key.StartsWith("include[", StringComparison.Ordinal)).SelectMany(pair => pair.Value).OfType<string>().ToHashSet();

    /// <summary>One page of a list whose oldest entry comes first.</summary>
    public object Page<T>(IEnumerable<T> oldestFirst, Func<T, string> id, Func<T, object> describe)
    {
        List<T> ordered = [.. Ascending ? oldestFirst : oldestFirst.Reverse()];
        var start = After is null ? 0 : Find(ordered, id, After, "after") + 1;
        var end = Before is null ? ordered.Count : Find(ordered, id, Before, "before");
        var rest = Math.Max(0, end - start);
        var taken = Math.Min(rest, Limit);

        // Before alone reads backwards: the entries just in front of it.
        var page = ordered.GetRange(Before is not null && After is null ? end - taken : start, taken);
        return new
        {
            @object = "list",
            data = page.Select(describe).ToList(),
            first_id = page.Count > 0 ? id(page[0]) : "",
            last_id = page.Count > 0 ? id(page[^1]) : "",
            has_more = rest > taken,
        };
    }

    public object Page(IReadOnlyList<JsonElement> oldestFirst, Func<JsonElement, object> describe) =>
        Page(oldestFirst, item => item.Text("id") ?? "", describe);

    private static string? Value(HttpRequest request, string name) => request.Query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    private static int Find<T>(List<T> ordered, Func<T, string> id, string cursor, string param) => ordered.FindIndex(entry => id(entry) == cursor) switch
    {
        < 0 => throw new ApiErrorException(ApiError.Invalid(param, $"Invalid '{param}': no entry with id '{cursor}' found in this list.")),
        var index => index,
    };

    private static int ReadLimit(string? text, int otherwise, int most)
    {
        if (text is null)
        {
            return otherwise;
        }

        if (!int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var limit))
        {
            throw new ApiErrorException(ApiError.WrongType("limit", "an integer"));
        }

        return limit < 1
            ? throw new ApiErrorException(ApiError.Invalid("limit", $"Invalid 'limit': integer below minimum value. Expected a value >= 1, but got {limit} instead.", "integer_below_min_value"))
            : limit > most
                ? throw new ApiErrorException(ApiError.Invalid("limit", $"Invalid 'limit': integer above maximum value. Expected a value <= {most}, but got {limit} instead.", "integer_above_max_value"))
                : limit;
    }
}
