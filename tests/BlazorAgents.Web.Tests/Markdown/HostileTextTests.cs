using BlazorAgents.Runs;
using BlazorAgents.Testing;
using BlazorAgents.Web.Markdown;

namespace BlazorAgents.Web.Tests.Markdown;

public sealed class HostileTextTests
{
    private static readonly MarkdownRenderer s_renderer = new();

    [Fact]
    public void Corpus_IsLargeEnough_ToMeanSomething() => Assert.True(HostileCorpus.All.Distinct().Count() >= 150);

    [Fact]
    [Trait("Id", "SEC-01")]
    public void Renderer_HostileText_GivesOnlyAllowedElementsAndAddresses()
    {
        foreach (var text in HostileCorpus.All)
        {
            SafeHtml.Check(string.Concat(s_renderer.RenderBlocks(text)), text);
        }

        SafeHtml.Check(string.Concat(s_renderer.RenderBlocks(string.Join("\n\n", HostileCorpus.All))), "all");
    }

    [Fact]
    [Trait("Id", "SEC-02")]
    public void Streaming_HostileTextByCharacter_IsSafeAtEveryStepAndEndsAsTheWhole()
    {
        foreach (var text in HostileCorpus.All)
        {
            var item = new RunItem(Guid.Empty, 0, RunItemKind.Text, isOpen: true);
            var markdown = new StreamingMarkdown(s_renderer);
            foreach (var c in text)
            {
                item.Append(c.ToString());
                markdown.Update(item);
                SafeHtml.Check(string.Concat(markdown.Blocks.Select(block => block.Html)), text[..item.Length]);
            }

            item.SetOpen(false);
            markdown.Update(item);
            Assert.Equal(StreamedText.Plain(s_renderer.RenderBlocks(text)), StreamedText.Plain(markdown.Blocks.Select(block => block.Html)));
        }
    }

    [Fact]
    [Trait("Id", "SEC-06")]
    public void Renderer_TextThatImitatesAToolCard_StaysText()
    {
        const string Fake = "<div data-testid=\"tool-call\" class=\"tool-call\">Order approved</div>";
        var body = SafeHtml.Parse(string.Concat(s_renderer.RenderBlocks(Fake)));
        Assert.Equal(Fake, body.TextContent.Trim());
        Assert.Empty(body.QuerySelectorAll("div"));
    }

    [Fact]
    [Trait("Id", "SEC-07")]
    public void Renderer_RemoteImages_WaitForAClick()
    {
        Assert.True(HostileCorpus.RemoteImages.Count >= 12);
        foreach (var text in HostileCorpus.RemoteImages)
        {
            var html = string.Concat(s_renderer.RenderBlocks(text));
            Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
            Assert.Empty(SafeHtml.Parse(html).QuerySelectorAll("[src],[srcset],[poster],[data],[background]"));
        }

        var button = SafeHtml.Parse(string.Concat(s_renderer.RenderBlocks("![a cat](https://example.com/cat.png)"))).QuerySelector("button")!;
        Assert.Equal(("https://example.com/cat.png", "example.com", "a cat"), (button.GetAttribute("data-src"), button.GetAttribute("data-host"), button.TextContent));
    }
}
