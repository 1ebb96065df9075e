using System.Text.Json;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>POST /v1/vector_stores/{id}/search.</summary>
internal static class VectorStoreSearch
{
    private const int MostResults = 50;
    private const int LongestQuery = 4096;

    public static object Answer(VectorStoreRegistry stores, string id, JsonElement body)
    {
        var queries = Queries(body);
        if (body.IsTrue("rewrite_query"))
        {
            queries = [.. queries.Select(Rewrite)];
        }

        var (rerank, threshold) = Ranking(body.Member("ranking_options"), "ranking_options");
        var hits = stores.Search([id], new VectorSearch
        {
            Queries = queries,
            MaxResults = Results(body, "max_num_results") ?? VectorSearch.DefaultResults,
            Filter = body.Member("filters") is { } filters ? AttributeFilter.Read(filters) : null,
            Rerank = rerank,
            ScoreThreshold = threshold,
        });
        return new
        {
            @object = "vector_store.search_results.page",
            search_query = queries,
            data = hits.Select(hit => new
            {
                file_id = hit.FileId,
                filename = hit.FileName,
                score = hit.Score,
                attributes = hit.Attributes,
                content = new[] { new { type = "text", text = hit.Text } },
            }),
            has_more = false,
            next_page = (string?)null,
        };
    }

    /// <summary>max_num_results, 1 to 50, or null.</summary>
    public static int? Results(JsonElement options, string param) => options.Member("max_num_results") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var most) && most is >= 1 and <= MostResults => most,
        _ => throw new ApiErrorException(ApiError.Invalid(param, $"Invalid '{param}': expected an integer between 1 and {MostResults}.")),
    };

    /// <summary>Whether words count beside vectors, and the least score.</summary>
    public static (bool Rerank, double Threshold) Ranking(JsonElement? options, string param)
    {
        if (options is not { } given)
        {
            return (true, 0);
        }

        var ranker = given.Text("ranker");
        if (ranker is not (null or "none" or "auto" or "default-2024-11-15" or "default_2024_08_21"))
        {
            throw new ApiErrorException(ApiError.Invalid($"{param}.ranker", $"Invalid value: '{ranker}'. Supported values are: 'none', 'auto', and 'default-2024-11-15'."));
        }

        var threshold = given.Member("score_threshold") switch
        {
            null => 0,
            { ValueKind: JsonValueKind.Number } number when number.GetDouble() is >= 0 and <= 1 and var least => least,
            _ => throw new ApiErrorException(ApiError.Invalid($"{param}.score_threshold", $"Invalid '{param}.score_threshold': expected a number between 0 and 1.")),
        };
        return (ranker != "none", threshold);
    }

    private static IReadOnlyList<string> Queries(JsonElement body)
    {
        IReadOnlyList<string> queries = body.Member("query") switch
        {
            null => throw new ApiErrorException(ApiError.Missing("query")),
            { ValueKind: JsonValueKind.String } => [body.Text("query") ?? throw new ApiErrorException(ApiError.WrongType("query", "valid Unicode"))],
            { ValueKind: JsonValueKind.Array } list => TextList.Read(list, "query", MostResults),
            _ => throw new ApiErrorException(ApiError.WrongType("query", "a string or an array of strings")),
        };
        return queries.Count == 0 || queries.Any(query => query.Length is 0 or > LongestQuery)
            ? throw new ApiErrorException(ApiError.Invalid("query", $"Invalid 'query': expected a text of 1 to {LongestQuery} characters."))
            : queries;
    }

    /// <summary>A question's words that carry meaning, as a search wants them.</summary>
    private static string Rewrite(string query)
    {
        var words = Words.All(query).Where(word => !Words.IsStop(word)).ToList();
        return words.Count > 0 ? string.Join(' ', words) : query;
    }
}
