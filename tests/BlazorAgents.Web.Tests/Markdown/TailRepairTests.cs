using AngleSharp.Dom;
using BlazorAgents.Runs;
using BlazorAgents.Web.Markdown;

namespace BlazorAgents.Web.Tests.Markdown;

public sealed class TailRepairTests
{
    private static readonly MarkdownRenderer s_renderer = new();

    [Theory]
    [InlineData("a **bold", "<p dir=\"auto\">a <strong>bold</strong></p>\n")]
    [InlineData("a **bold*", "<p dir=\"auto\">a <strong>bold</strong></p>\n")]
    [InlineData("a **bold **", "<p dir=\"auto\">a <strong>bold</strong></p>\n")]
    [InlineData("a **", "<p dir=\"auto\">a</p>\n")]
    [InlineData("a *em **both", "<p dir=\"auto\">a <em>em <strong>both</strong></em></p>\n")]
    [InlineData("a ~~gone", "<p dir=\"auto\">a <del>gone</del></p>\n")]
    [InlineData("a `code", "<p dir=\"auto\">a <code>code</code></p>\n")]
    [InlineData("a ``co`de`", "<p dir=\"auto\">a <code>co`de</code></p>\n")]
    [InlineData("a `", "<p dir=\"auto\">a</p>\n")]
    [InlineData("2 * 3 * 4", "<p dir=\"auto\">2 * 3 * 4</p>\n")]
    [InlineData("snake_case_", "<p dir=\"auto\">snake_case</p>\n")]
    [InlineData("see [text", "<p dir=\"auto\">see text</p>\n")]
    [InlineData("see [text]", "<p dir=\"auto\">see text</p>\n")]
    [InlineData("see [text](", "<p dir=\"auto\">see text</p>\n")]
    [InlineData("see [text](https://exa", "<p dir=\"auto\">see text</p>\n")]
    [InlineData("see **[text](https://exa", "<p dir=\"auto\">see <strong>text</strong></p>\n")]
    [InlineData("see ![alt](https://exa", "<p dir=\"auto\">see alt</p>\n")]
    [InlineData("as said [1]", "<p dir=\"auto\">as said [1]</p>\n")]
    [InlineData("text\n-", "<p dir=\"auto\">text</p>\n")]
    [InlineData("text\n==", "<p dir=\"auto\">text</p>\n")]
    [InlineData("text **bold\n-", "<p dir=\"auto\">text <strong>bold</strong></p>\n")]
    [InlineData("text\n\n#", "<p dir=\"auto\">text</p>\n")]
    [InlineData("## ", "")]
    [InlineData("1.", "")]
    [InlineData("> ", "")]
    [InlineData("| ", "")]
    [InlineData("- a\n-", "<ul dir=\"auto\"><li>a</li>\n</ul>")]
    [InlineData("- a\n- [", "<ul dir=\"auto\"><li>a</li>\n</ul>")]
    [InlineData("- *a", "<ul dir=\"auto\"><li><em>a</em></li>\n</ul>")]
    [InlineData("## Head **b", "<h2 dir=\"auto\">Head <strong>b</strong></h2>\n")]
    [InlineData("text\n\n```py", "<p dir=\"auto\">text</p>\n")]
    [InlineData("- a\n  ``", "<ul dir=\"auto\"><li>a</li>\n</ul>")]
    [InlineData("a\\", "<p dir=\"auto\">a</p>\n")]
    [InlineData("a <https://exa", "<p dir=\"auto\">a https://exa</p>\n")]
    public void Update_UnfinishedTail_LooksAsItWill(string text, string html) => Assert.Equal(html, Streamed(text));

    [Theory]
    [InlineData("| Name", 1, 0)]
    [InlineData("| Name | Val", 2, 0)]
    [InlineData("| Name | **Val", 2, 0)]
    [InlineData("| Name | Value |\n", 2, 0)]
    [InlineData("| Name | Value |\n|--", 2, 0)]
    [InlineData("| Name | Value |\n|---|---|", 2, 0)]
    [InlineData("| Name | Value |\n|---|---|\n| a", 2, 1)]
    [InlineData("| Name | Value |\n|---|---|\n| a | b |\n|", 2, 1)]
    public void Update_TableBegins_IsATableAtOnce(string text, int columns, int rows)
    {
        var body = SafeHtml.Parse(Streamed(text));
        Assert.Equal((columns, rows), (body.QuerySelectorAll("th").Length, body.QuerySelectorAll("tbody tr").Length));
        Assert.DoesNotContain('|', body.TextContent);
        Assert.DoesNotContain('*', body.TextContent);
    }

    [Theory]
    [InlineData("```cs\nint x", "int x\n")]
    [InlineData("```cs\nint x;\n``", "int x;\n")]
    [InlineData("```cs\n**a `b [c", "**a `b [c\n")]
    public void Update_OpenFence_IsCodeAsItStands(string text, string code)
    {
        var block = SafeHtml.Parse(Streamed(text)).QuerySelector("[data-testid=code-block]")!;
        Assert.Equal(code, block.TextContent);
        Assert.Equal("cs", block.QuerySelector(".md-code-bar")!.GetAttribute("data-lang"));
    }

    // What flickers is a mark: it shows as itself for a moment and becomes formatting with the next character.
    [Fact]
    public void Update_UsualAnswerByCharacter_NeverShowsAMark()
    {
        const string Text = "## Plan\n\nUse **bold** and `code`, *em* and [link](https://example.com/x).\n\n- **one** item\n- `two` items\n\n| A | B |\n|---|---|\n| **1** | `2` |\n\n> quote\n\n```cs\nvar x = 1;\n```\n\nend";
        for (var i = 1; i <= Text.Length; i++)
        {
            Assert.Equal(-1, SafeHtml.Parse(Streamed(Text[..i])).Text().IndexOfAny(['*', '`', '|', '#', '[', ']', '>']));
        }
    }

    private static string Streamed(string text)
    {
        var markdown = new StreamingMarkdown(s_renderer);
        markdown.Update(new RunItem(Guid.Empty, 0, RunItemKind.Text, text, isOpen: true));
        return string.Concat(markdown.Blocks.Select(block => block.Html));
    }
}
