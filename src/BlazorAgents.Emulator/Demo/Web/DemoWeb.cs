namespace BlazorAgents.Emulator.Demo.Web;

/// <summary>A little web inside the emulator, so that a web search has something true to find without a network. Every title says what it is.</summary>
internal static class DemoWeb
{
    private const int MostPages = 3;

    private static readonly DemoPage[] s_pages =
    [
        Page("blazor", "Blazor", "Blazor is a framework for building interactive web user interfaces with C# instead of JavaScript. Blazor Server runs the components on the server and sends changes to the browser over a SignalR connection. Blazor WebAssembly runs them in the browser."),
        Page("dotnet", ".NET", ".NET is a free, open source platform for building applications in C#, F# and Visual Basic. A new major version of .NET comes out every November, and even versions are supported for three years. The runtime runs on Windows, Linux and macOS."),
        Page("responses-api", "The Responses API", "The Responses API is OpenAI's interface for building agents: it keeps state on the server, runs hosted tools and streams typed events. A response can continue an earlier one by its previous response id or add to a conversation. Stored responses are kept for 30 days."),
        Page("mcp", "Model Context Protocol", "The Model Context Protocol (MCP) is an open protocol that connects language models to tools and data. An MCP server lists tools with a JSON schema for their input, and a client calls them over HTTP or standard input and output."),
        Page("agents", "AI agents", "An AI agent is a program that lets a language model choose tools, look at their results and decide what to do next. Tool calls with side effects should wait for a person's approval."),
        Page("rag", "Retrieval-augmented generation", "Retrieval-augmented generation (RAG) first searches documents for passages that fit a question and then lets a model answer from them. Citations show which passage a sentence comes from."),
        Page("sqlite", "SQLite", "SQLite is an embedded SQL database engine: the whole database is one file on disk. In write-ahead logging (WAL) mode readers do not block the writer. SQLite includes a full-text search module named FTS5."),
        Page("eiffel-tower", "The Eiffel Tower", "The Eiffel Tower stands in Paris, France. The Eiffel Tower was built from 1887 to 1889 for the World's Fair. The Eiffel Tower is 330 metres tall and was the tallest structure in the world until 1930."),
        Page("solar-system", "The solar system", "The solar system has eight planets: Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus and Neptune. Jupiter is the largest planet. Light from the Sun takes about eight minutes to reach the Earth."),
        Page("coffee", "Coffee", "Coffee is brewed from the roasted seeds of the coffee plant. Brazil grows more coffee than any other country. Espresso is made by pressing hot water through finely ground coffee."),
        Page("weather", "How a weather forecast is made", "A weather forecast is computed from measurements of pressure, temperature, wind and humidity. Forecasts for the next day are right about nine times in ten; beyond ten days they are little better than the average of the season."),
        Page("news", "News of the day", "This page stands in for the news, because the offline demo has no network and knows no news of today. Connect a real model with web search to read the latest news."),
    ];

    /// <summary>The pages that share most words with a query, best first. Domains, if any are given, must hold the page's host.</summary>
    public static IReadOnlyList<DemoPage> Search(string query, IReadOnlyList<string> domains)
    {
        var wanted = Words.Content(query).ToHashSet();
        return [.. s_pages
            .Where(page => domains.Count == 0 || domains.Any(domain => IsWithin(page.Url, domain)))
            .Select(page => (Page: page, Score: (3 * Words.Content(page.Title).Distinct().Count(wanted.Contains)) + Words.Content(page.Text).Distinct().Count(wanted.Contains)))
            .Where(hit => hit.Score > 0).OrderByDescending(hit => hit.Score).Take(MostPages).Select(hit => hit.Page)];
    }

    private static bool IsWithin(string url, string domain) =>
        new Uri(url).Host is var host && (host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));

    private static DemoPage Page(string path, string title, string text) => new($"https://web.demo.example/{path}", title + " (offline demo page)", text);
}
