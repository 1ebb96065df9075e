using System.Text.Json;
using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Demo.Web;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses.Hosted;

/// <summary>Searches the demo's little web.</summary>
internal sealed partial class WebSearchTool(JsonElement tool, CitationMarks marks) : IHostedTool
{
    public string Kind => "web_search";

    public ToolSpec Spec { get; } = HostedSpec.Of("web_search", "Search the web: pages, news, documentation and facts.", "query", "What to search for");

    public Task<string?> RunAsync(ResponseRun run, ToolCall call, CancellationToken ct)
    {
        var query = HostedSpec.Argument(call, "query");
        if (tool.Member("user_location")?.Text("city") is { Length: > 0 } city && Nearby().IsMatch(query))
        {
            query = Nearby().Replace(query, "in " + city);
        }

        var id = WireId.New("ws");
        var index = run.Add(Item(id, "in_progress", query, []));
        HostedSpec.Events(run, id, index, "response.web_search_call.in_progress", "response.web_search_call.searching");
        var pages = DemoWeb.Search(query, [.. tool.Member("filters")?.Items("allowed_domains").Select(domain => domain.ToString()) ?? []]);
        HostedSpec.Events(run, id, index, "response.web_search_call.completed");
        run.Complete(index, Item(id, "completed", query, pages));
        return Task.FromResult<string?>(WireJson.Text(pages.Select(page => new { text = page.Text, title = page.Title, citation = marks.AddPage(page.Url, page.Title) }).ToList()));
    }

    private static object Item(string id, string status, string query, IEnumerable<DemoPage> pages) => new
    {
        id,
        type = "web_search_call",
        status,
        action = new { type = "search", query, queries = new[] { query }, sources = pages.Select(page => new { type = "url", url = page.Url }) },
    };

    [GeneratedRegex(@"\b(?:near me|nearby|around here|near here)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Nearby();
}
