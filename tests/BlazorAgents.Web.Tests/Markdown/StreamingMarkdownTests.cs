using BlazorAgents.Testing;
using BlazorAgents.Web.Markdown;
using BlazorAgents.Web.Rendering;
using CsCheck;

namespace BlazorAgents.Web.Tests.Markdown;

public sealed class StreamingMarkdownTests
{
    [Fact]
    public void Streaming_CutAtEveryCharacter_EndsAsTheWhole()
    {
        foreach (var text in Samples.Texts)
        {
            for (var cut = 0; cut <= text.Length; cut++)
            {
                StreamedText.EndsAsTheWhole(text, [cut]);
            }

            StreamedText.EndsAsTheWhole(text, [.. Enumerable.Range(0, text.Length)]);
        }
    }

    [Fact]
    public void Streaming_AllSamplesAsOneText_EndsAsTheWhole()
    {
        var text = string.Join("\n\n", Samples.Texts.Where(sample => !sample.Contains("never closed", StringComparison.Ordinal)));
        StreamedText.EndsAsTheWhole(text, [.. Enumerable.Range(0, text.Length / 7).Select(i => i * 7)]);
    }

    [Fact]
    public void Streaming_AnyTextCutAnywhere_EndsAsTheWhole() =>
        Property.HoldsFor(
            Gen.Select(Gen.Int[0, Samples.Pieces.Length - 1].Select(i => Samples.Pieces[i]).Array[1, 40], Gen.Int[1, 12]),
            value =>
            {
                var (pieces, step) = value;
                var text = string.Concat(pieces);
                StreamedText.EndsAsTheWhole(text, [.. Enumerable.Range(0, (text.Length / step) + 1).Select(i => i * step)]);
            },
            count: 3000);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Id", "REL-03")]
    public void Update_ContinuedAfterItsEnd_EndsAsTheWhole(bool isLookedAtInBetween)
    {
        var item = StreamedText.Open("One\n\nthe first *half ");
        item.SetOpen(false);
        var markdown = new StreamingMarkdown(StreamedText.Renderer);
        markdown.Update(item);

        item.SetOpen(true);
        item.Append("and* the");
        Assert.True(!isLookedAtInBetween || markdown.Update(item));
        item.Append(" second\n\nTwo");
        item.SetOpen(false);
        markdown.Update(item);

        Assert.Equal(StreamedText.Renderer.RenderBlocks(item.Text), markdown.Blocks.Select(block => block.Html));
        Assert.False(markdown.Update(item));
    }

    [Fact]
    public void Update_SettledBlocks_AreTheSameInstancesEverAfter()
    {
        var item = StreamedText.Open("# One\n\nfirst *paragraph*\n\n- a\n- b\n\ntext\n\n");
        var markdown = new StreamingMarkdown(StreamedText.Renderer);
        markdown.Update(item);
        var settled = markdown.Blocks.Take(markdown.Settled).ToList();
        Assert.Equal(3, settled.Count);

        item.Append("more text\n\n```cs\nvar x = 1;\n```\n\nend\n\n");
        markdown.Update(item);
        item.SetOpen(false);
        markdown.Update(item);
        Assert.All(settled.Zip(markdown.Blocks), pair => Assert.Same(pair.First, pair.Second));
    }

    [Theory]
    [InlineData("\n\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("\r\r")]
    public void Update_LongAnswer_ReadsOnlyTheOpenBlock(string blank)
    {
        var item = StreamedText.Open(string.Concat(Enumerable.Repeat("A paragraph that is done." + blank, 2000)));
        var markdown = new StreamingMarkdown(StreamedText.Renderer);
        markdown.Update(item);
        Assert.Equal(1999, markdown.Settled);
        Assert.InRange(item.Length - markdown.SettledLength, 1, 40);
    }

    [Fact]
    public void Update_GrowingList_KeepsFinishedItems()
    {
        var item = StreamedText.Open("- one\n- two\n- thr");
        var markdown = new StreamingMarkdown(StreamedText.Renderer);
        markdown.Update(item);
        var pieces = markdown.Blocks[0].Pieces;
        item.Append("ee\n- fo");
        markdown.Update(item);
        Assert.Same(pieces[0], markdown.Blocks[0].Pieces[0]);
        Assert.Same(pieces[1], markdown.Blocks[0].Pieces[1]);
        Assert.Equal(4, markdown.Blocks[0].Pieces.Count);
    }

    [Fact]
    public void SuggestedInterval_LongOpenBlock_Widens()
    {
        var item = StreamedText.Open("short");
        var markdown = new StreamingMarkdown(StreamedText.Renderer);
        markdown.Update(item);
        Assert.Equal(RenderThrottle.DefaultInterval, markdown.SuggestedInterval);
        item.Append("\n\n```\n" + string.Concat(Enumerable.Repeat("a line of code\n", 5000)));
        markdown.Update(item);
        Assert.InRange(markdown.SuggestedInterval, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
    }
}
