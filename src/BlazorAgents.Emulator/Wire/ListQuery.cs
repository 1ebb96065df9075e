using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Wire;

/// <summary>The query of a paged list: limit, after, order and include[].</summary>
internal sealed record ListQuery(int Limit, string? After, bool Ascending)
{
    private const int MostItems = 100;
    private const int DefaultItems = 20;

    public static ListQuery Read(HttpRequest request)
    {
        var query = request.Query;
        var order = query["order"].FirstOrDefault() ?? "desc";
        if (order is not ("asc" or "desc"))
        {
            throw new ApiErrorException(ApiError.Invalid("order", $"Invalid value: '{order}'. Supported values are: 'asc' and 'desc'."));
        }

        return new ListQuery(ReadLimit(query["limit"].FirstOrDefault()), query["after"].FirstOrDefault() is { Length: > 0 } after ? after : null, order == "asc");
    }

    /// <summary>The values of include, which clients write as include[]=a&amp;include[]=b, include=a or include[0]=a.</summary>
    public static IReadOnlySet<string> ReadInclude(HttpRequest request) =>
        request.Query.Where(pair => pair.Key == "include" || pair.Key.StartsWith("include[", StringComparison.Ordinal)).SelectMany(pair => pair.Value).OfType<string>().ToHashSet();

    /// <summary>One page of a list whose oldest entry comes first.</summary>
    public object Page<T>(IReadOnlyList<T> oldestFirst, Func<T, string> id, Func<T, object> describe)
    {
        var ordered = Ascending ? oldestFirst : [.. oldestFirst.Reverse()];
        var start = 0;
        if (After is not null)
        {
            start = ordered.Index().FirstOrDefault(entry => id(entry.Item) == After, (-1, default!)).Index + 1;
            if (start == 0)
            {
                throw new ApiErrorException(ApiError.Invalid("after", $"Invalid 'after': no entry with id '{After}' found in this list."));
            }
        }

        var page = ordered.Skip(start).Take(Limit).ToList();
        return new
        {
            @object = "list",
            data = page.Select(describe),
            first_id = page.Count > 0 ? id(page[0]) : "",
            last_id = page.Count > 0 ? id(page[^1]) : "",
            has_more = start + page.Count < ordered.Count,
        };
    }

    public object Page(IReadOnlyList<JsonElement> oldestFirst, Func<JsonElement, object> describe) =>
        Page(oldestFirst, item => item.Text("id") ?? "", describe);

    private static int ReadLimit(string? text)
    {
        if (text is null)
        {
            return DefaultItems;
        }

        if (!int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var limit))
        {
            throw new ApiErrorException(ApiError.WrongType("limit", "an integer"));
        }

        return limit switch
        {
            < 1 => throw new ApiErrorException(ApiError.Invalid("limit", $"Invalid 'limit': integer below minimum value. Expected a value >= 1, but got {limit} instead.", "integer_below_min_value")),
            > MostItems => throw new ApiErrorException(ApiError.Invalid("limit", $"Invalid 'limit': integer above maximum value. Expected a value <= {MostItems}, but got {limit} instead.", "integer_above_max_value")),
            _ => limit,
        };
    }
}
