using System.Text.Json;
using BlazorAgents.Emulator.VectorStores;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>How file_search searches: most results (20 unless told), and the ranking.</summary>
internal sealed record FileSearchOptions(int MaxResults, string Ranker, double ScoreThreshold)
{
    private const int DefaultResults = 20;

    public object Shape => new { ranker = Ranker, score_threshold = ScoreThreshold };

    public static FileSearchOptions Read(JsonElement tool, string at)
    {
        var given = Fields.Kind(tool, "file_search", at, "an object", JsonValueKind.Object) ?? default;
        var ranking = Fields.Kind(given, "ranking_options", $"{at}.file_search", "an object", JsonValueKind.Object);
        var (_, threshold) = VectorStoreSearch.Ranking(ranking, $"{at}.file_search.ranking_options");
        return new FileSearchOptions(
            VectorStoreSearch.Results(given, $"{at}.file_search.max_num_results") ?? DefaultResults,
            ranking?.Text("ranker") is "default_2024_08_21" ? "default_2024_08_21" : "auto",
            threshold);
    }
}
