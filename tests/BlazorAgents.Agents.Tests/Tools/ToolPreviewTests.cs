using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Agents.Tests.Tools;

public sealed class ToolPreviewTests
{
    [Fact]
    public void Sentence_LinesAndLength_AreOneBoundedLine()
    {
        Assert.Equal("Order 2 x Laptop for CUST001", new ToolPreview("Order 2 x Laptop\r\nfor CUST001", []).Sentence);
        var cut = new ToolPreview(new string('x', 5_000), []).Sentence;
        Assert.Equal((ToolPreview.MaxSentence, '…'), (cut.Length, cut[^1]));
    }
}
