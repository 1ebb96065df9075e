using System.Diagnostics;
using BlazorAgents.Runs;
using BlazorAgents.Web.Markdown;

namespace BlazorAgents.Web.Tests.Markdown;

/// <summary>Texts that cost a Markdown parser quadratic time or its stack.</summary>
public sealed class PathologicalTextTests
{
    private const int Many = 100_000;
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);
    private static readonly MarkdownRenderer s_renderer = new();

    public static TheoryData<string, string> Texts => new()
    {
        { "quotes", Repeat(">", Many) },
        { "spaced quotes", Repeat("> ", Many) },
        { "lists", Repeat("- ", Many) },
        { "numbers", Repeat("1. ", Many) },
        { "nested lists", string.Concat(Enumerable.Range(0, 2000).Select(i => new string(' ', 2 * i) + "- a\n")) },
        { "brackets", Repeat("[", Many) },
        { "bracket pairs", Repeat("[", Many) + Repeat("]", Many) },
        { "images", Repeat("![", Many) },
        { "links", Repeat("[a](", Many) },
        { "link lines", Repeat("[a](\n", Many) },
        { "parentheses", Repeat("[a](((((", Many) },
        { "emphasis", Repeat("*a ", Many) },
        { "mixed emphasis", Repeat("*a _b ", Many) + Repeat("c_ d*", Many) },
        { "stars", Repeat("*", Many) + "a" + Repeat("*", Many) },
        { "tildes", Repeat("~~a", Many) },
        { "ticks", string.Join('a', Enumerable.Range(1, 500).Select(i => new string('`', i))) },
        { "angles", Repeat("<a", Many) },
        { "addresses", Repeat("http://a.b ", Many) },
        { "www", Repeat("www.a.b ", Many) },
        { "pipes", Repeat("a|", Many) + "\n" + Repeat("-|", Many) + "\n" },
        { "definitions", Repeat("[a]: b\n", Many) },
        { "separate definitions", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"[a{i}]: https://example.com\n\n")) },
        { "long line", new string('a', 1_000_000) },
        { "long code line", "```cs\n" + Repeat("\"/*", 300_000) + "\n```" },
        { "brackets in a fence that is none", "para\n    ```\n" + Repeat("[", Many) },
        { "comments", "```cs\n" + Repeat("/*\n", 20_000) + "```" },
        { "quotes in code", "```python\n" + Repeat("\"\"\"'", 10_000) + "\n```" },
        { "spaces in code", "```html\n<a" + Repeat(" ", 3_000) + "\n```\n\n```sql\n" + Repeat("'", 3_000) + "\n```" },
        { "entities", Repeat("&amp", Many) + Repeat("&#", Many) },
        { "backslashes", Repeat("\\", Many) },
        { "lines", Repeat("a\n\n", Many) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Render_PathologicalText_IsBoundedAndSafe(string name, string text)
    {
        var watch = Stopwatch.StartNew();
        var html = string.Concat(s_renderer.RenderBlocks(text));
        Assert.True(watch.Elapsed < s_bound, $"{name}: {watch.Elapsed}");
        if (html.Length < 2_000_000)
        {
            SafeHtml.Check(html, name);
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Streaming_PathologicalTextInTenSteps_IsBoundedAndEndsAsTheWhole(string name, string text)
    {
        var watch = Stopwatch.StartNew();
        var item = new RunItem(Guid.Empty, 0, RunItemKind.Text, isOpen: true);
        var markdown = new StreamingMarkdown(s_renderer);
        foreach (var step in text.Chunk((text.Length / 10) + 1))
        {
            item.Append(new string(step));
            markdown.Update(item);
        }

        item.SetOpen(false);
        markdown.Update(item);
        Assert.True(watch.Elapsed < 2 * s_bound, $"{name}: {watch.Elapsed}");
        Assert.True(StreamedText.Plain(s_renderer.RenderBlocks(text)) == StreamedText.Plain(markdown.Blocks.Select(block => block.Html)), name);
    }

    [Fact]
    public void Render_HostileParagraphBetweenOthers_LeavesThemFormatted()
    {
        var blocks = s_renderer.RenderBlocks($"# Head\n\n{Repeat("[", 5000)}\n\nafter **all**");
        Assert.Equal("<h1 dir=\"auto\">Head</h1>\n", blocks[0]);
        Assert.StartsWith("<p class=\"md-plain\"", blocks[1], StringComparison.Ordinal);
        Assert.Equal("<p dir=\"auto\">after <strong>all</strong></p>\n", blocks[2]);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
