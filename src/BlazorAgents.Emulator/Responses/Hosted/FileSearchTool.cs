using System.Text.Json;
using BlazorAgents.Emulator.VectorStores;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses.Hosted;

/// <summary>Searches the vector stores of the request.</summary>
internal sealed class FileSearchTool(JsonElement tool, VectorStoreRegistry stores, CitationMarks marks) : IHostedTool
{
    private const int DefaultResults = 20;

    public string Kind => "file_search";

    public ToolSpec Spec { get; } = HostedSpec.Of("file_search", "Search the knowledge base: the uploaded documents and files.", "query", "What to search for");

    public Task<string?> RunAsync(ResponseRun run, ToolCall call, CancellationToken ct)
    {
        var query = HostedSpec.Argument(call, "query");
        var id = WireId.New("fs");
        var index = run.Add(Item(id, "in_progress", [], null));
        HostedSpec.Events(run, id, index, "response.file_search_call.in_progress", "response.file_search_call.searching");
        var hits = stores.Search([.. tool.Items("vector_store_ids").Select(store => store.GetString()!)], new VectorSearch
        {
            Queries = [query],
            MaxResults = tool.Int("max_num_results") ?? DefaultResults,
            ScoreThreshold = tool.Member("ranking_options")?.Member("score_threshold")?.GetDouble() ?? 0,
            Filter = tool.Member("filters") is { } filters ? AttributeFilter.Read(filters) : null,
            Rerank = tool.Member("ranking_options")?.Text("ranker") != "none",
        });
        HostedSpec.Events(run, id, index, "response.file_search_call.completed");
        run.Complete(index, Item(id, "completed", [query], hits.Select(hit => new { file_id = hit.FileId, filename = hit.FileName, score = hit.Score, text = hit.Text, attributes = hit.Attributes })));
        return Task.FromResult<string?>(WireJson.Text(hits.Select(hit => new { text = hit.Text, source = hit.FileName, citation = marks.AddFile(hit.FileId, hit.FileName) }).ToList()));
    }

    private static object Item(string id, string status, string[] queries, object? results) => new { id, type = "file_search_call", status, queries, results };
}
