using BlazorAgents.Runs;
using BlazorAgents.Web.Markdown;
using Xunit.Abstractions;

namespace BlazorAgents.Web.Tests.Markdown;

public sealed class StreamedBytesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(200)]
    [InlineData(2000)]
    [InlineData(10000)]
    public void Streaming_TicksOfSixTokens_SendLessThanTenTimesTheText(int tokens)
    {
        var item = new RunItem(Guid.Empty, 0, RunItemKind.Text, isOpen: true);
        var markdown = new StreamingMarkdown(new MarkdownRenderer());
        var drawn = new List<List<string>>();
        long sent = 0;
        foreach (var tick in AnswerGenerator.Tokens(tokens).Chunk(6))
        {
            item.Append(string.Concat(tick));
            markdown.Update(item);
            sent += Draw(drawn, markdown.Blocks);
        }

        item.SetOpen(false);
        markdown.Update(item);
        sent += Draw(drawn, markdown.Blocks);
        output.WriteLine($"{tokens} tokens: {sent} bytes of HTML for {item.Length} of text, factor {(double)sent / item.Length:F2}");
        Assert.True(sent < 10L * item.Length, $"{sent} bytes for {item.Length}");
    }

    [Fact]
    public void Streaming_LongAnswer_CostsNoMoreAtItsEnd()
    {
        var item = new RunItem(Guid.Empty, 0, RunItemKind.Text, isOpen: true);
        var markdown = new StreamingMarkdown(new MarkdownRenderer());
        var allocated = new List<long>();
        foreach (var tick in AnswerGenerator.Tokens(12000).Chunk(6))
        {
            item.Append(string.Concat(tick));
            var before = GC.GetAllocatedBytesForCurrentThread();
            markdown.Update(item);
            allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        var early = allocated.Skip(200).Take(400).Average();
        var late = allocated.TakeLast(400).Average();
        output.WriteLine($"bytes allocated for a tick: {early:F0} early, {late:F0} late");
        Assert.True(late < early * 2, $"{early} then {late}");
    }

    // What a page would be sent: every piece whose string changed.
    private static long Draw(List<List<string>> drawn, IReadOnlyList<RenderedBlock> blocks)
    {
        long sent = 0;
        for (var i = 0; i < blocks.Count; i++)
        {
            if (i == drawn.Count)
            {
                drawn.Add([]);
            }

            var pieces = drawn[i];
            for (var p = 0; p < blocks[i].Pieces.Count; p++)
            {
                if (p == pieces.Count)
                {
                    pieces.Add("");
                }

                if (pieces[p] != blocks[i].Pieces[p])
                {
                    pieces[p] = blocks[i].Pieces[p];
                    sent += pieces[p].Length;
                }
            }

            pieces.RemoveRange(blocks[i].Pieces.Count, pieces.Count - blocks[i].Pieces.Count);
        }

        drawn.RemoveRange(blocks.Count, drawn.Count - blocks.Count);
        return sent;
    }
}
