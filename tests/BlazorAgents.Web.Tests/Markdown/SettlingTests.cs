using BlazorAgents.Web.Markdown;

namespace BlazorAgents.Web.Tests.Markdown;

/// <summary>What is settled while an answer runs is what its end shows.</summary>
public sealed class SettlingTests
{
    private const int Texts = 3000;

    // Each has a line that reads otherwise where the lines above it are left away.
    [Theory]
    [InlineData("](\r\n\n\n  \n\n[x]- <b>~~```[ ] * [ ] \n2) ~~~\n|---|---|")]
    [InlineData("text\n2) head\n-|")]
    [InlineData("text\n2) ```\n|-\n")]
    [InlineData("text\n    head\n|-\n")]
    [InlineData("|\n3) v\n-|\n")]
    [InlineData("[a]: /u\n2) text\n")]
    [InlineData("[a]: /u\n2) text\n===\n")]
    [InlineData("2)   2)\r\r\t-\n")]
    [InlineData("\f\n|b\n")]
    [InlineData("\u00a0\n|b\n")]
    [InlineData("\u2028\n|b\n")]
    [InlineData("\u0085\n||\n")]
    [InlineData("\v\n    |-\n")]
    [InlineData("\v\n\u2003|\n")]
    [InlineData("\v\n    head\n|-\n")]
    [InlineData("\v\na\n-|[")]
    public void Streaming_LineThatAloneReadsOtherwise_SettlesNothingWrong(string text) =>
        Assert.False(StreamedText.EndsAsTheWhole(text, [.. Enumerable.Range(0, text.Length)]));

    [Fact]
    public void Streaming_Samples_ChangeNothingSettled() =>
        Assert.All(Samples.Texts.Where(DefinesNothing), text => Assert.False(StreamedText.EndsAsTheWhole(text, [.. Enumerable.Range(0, text.Length)])));

    // The same texts on every machine: that the end is right needs no luck, but that nothing settled moves is the stream's own care.
    [Fact]
    public void Streaming_ManyTexts_ChangeNothingSettled()
    {
        var random = new Random(1);
        for (var i = 0; i < Texts; i++)
        {
            var text = string.Concat(random.GetItems(Samples.Pieces, random.Next(1, 40)));
            Assert.False(DefinesNothing(text) && StreamedText.EndsAsTheWhole(text, [.. Enumerable.Range(0, text.Length)]), StreamedText.Escape(text));
        }
    }

    [Fact]
    public void Update_LinkDefinedAfterItsUse_ChangesWhatIsSettled()
    {
        const string Text = "see [late]\n\nmore\n\n[late]: https://example.com/\n";
        Assert.True(StreamedText.EndsAsTheWhole(Text, [.. Enumerable.Range(0, Text.Length)]));
    }

    [Fact]
    public void Update_CodeSettledLongAgo_IsTheSameInstanceAtTheEnd()
    {
        var item = StreamedText.Open("```cs\nvar x = 1;\n```\n\ntext\n\n");
        var markdown = new StreamingMarkdown(StreamedText.Renderer);
        markdown.Update(item);
        var code = markdown.Blocks[0];
        item.Append("more\n\ntext\n\n");
        markdown.Update(item);
        item.Append("end");
        markdown.Update(item);
        item.SetOpen(false);
        Assert.False(markdown.Update(item));
        Assert.Same(code, markdown.Blocks[0]);
    }

    private static bool DefinesNothing(string text) => !text.Contains("]:", StringComparison.Ordinal);
}
