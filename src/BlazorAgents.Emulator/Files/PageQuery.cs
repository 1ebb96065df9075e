using System.Globalization;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Files;

/// <summary>The page that a list request asks for: limit, order, after, before.</summary>
internal sealed record PageQuery(int Limit, bool Ascending, string? After, string? Before)
{
    private const int DefaultLimit = 20;
    private const int DefaultMost = 100;

    public static PageQuery Read(HttpRequest request, int defaultLimit = DefaultLimit, int most = DefaultMost) => new(
        ReadLimit(request.Query["limit"], defaultLimit, most),
        Choice(request, "order", "asc", "desc") == "asc",
        Value(request, "after"),
        Value(request, "before"));

    /// <summary>A query parameter that may only have some values, or null.</summary>
    public static string? Choice(HttpRequest request, string name, params string[] allowed) => Value(request, name) switch
    {
        null => null,
        var value when allowed.Contains(value) => value,
        var value => throw new ApiErrorException(ApiError.Invalid(name, $"Invalid value: '{value}'. Supported values are: {string.Join(", ", allowed.Select(item => $"'{item}'"))}.")),
    };

    /// <summary>The page of a list that is given oldest first, in OpenAI's list object.</summary>
    public object Page<T>(IEnumerable<T> oldestFirst, Func<T, string> id, Func<T, object> show)
    {
        List<T> all = [.. Ascending ? oldestFirst : oldestFirst.Reverse()];
        var start = After is null ? 0 : Find(all, id, After, "after") + 1;
        var end = Before is null ? all.Count : Find(all, id, Before, "before");
        var rest = Math.Max(0, end - start);
        var taken = Math.Min(rest, Limit);

        // Before alone reads backwards: the items just in front of the cursor.
        var first = Before is not null && After is null ? end - taken : start;
        var page = all.GetRange(first, taken);
        return new
        {
            @object = "list",
            data = page.Select(show).ToList(),
            first_id = page.Count > 0 ? id(page[0]) : "",
            last_id = page.Count > 0 ? id(page[^1]) : "",
            has_more = rest > taken,
        };
    }

    private static int Find<T>(List<T> all, Func<T, string> id, string cursor, string param) => all.FindIndex(item => id(item) == cursor) switch
    {
        < 0 => throw new ApiErrorException(ApiError.Invalid(param, $"Invalid '{param}': no item with id '{cursor}' is in this list.")),
        var index => index,
    };

    private static int ReadLimit(string? text, int defaultLimit, int most)
    {
        if (string.IsNullOrEmpty(text))
        {
            return defaultLimit;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit))
        {
            throw new ApiErrorException(ApiError.WrongType("limit", "an integer"));
        }

        return limit < 1
            ? throw new ApiErrorException(ApiError.Invalid("limit", $"Invalid 'limit': integer below minimum value. Expected a value >= 1, but got {limit} instead.", "integer_below_min_value"))
            : limit > most
                ? throw new ApiErrorException(ApiError.Invalid("limit", $"Invalid 'limit': integer above maximum value. Expected a value <= {most}, but got {limit} instead.", "integer_above_max_value"))
                : limit;
    }

    private static string? Value(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } value ? value : null;
}
