using System.Text.Json;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.ToolLoop;

public sealed class ToolResultTests
{
    public static TheoryData<string, Delegate, string> Results => new()
    {
        { "text", () => "plain", "plain" },
        { "number", () => 42, "42" },
        { "nothing", () => { }, "The tool finished and returned nothing." },
        { "object", () => new { Name = "x", Tags = new[] { 1, 2 } }, """{"name":"x","tags":[1,2]}""" },
        { "bytes", () => new byte[1500], "[binary result, application/octet-stream, 1,500 bytes; not shown as text]" },
        { "async bytes", () => Task.FromResult(new byte[3]), "[binary result, application/octet-stream, 3 bytes; not shown as text]" },
        { "image", () => new DataContent(new byte[] { 1, 2 }, "image/png"), "[binary result, image/png, 2 bytes; not shown as text]" },
        { "contents", () => new AIContent[] { new TextContent("a"), new UriContent("https://x.test/i.png", "image/png") }, "a\n[image/png at https://x.test/i.png]" },
        { "mcp", () => JsonElement.Parse("""{"content":[{"type":"text","text":"hi"},{"type":"image","data":"AAAA","mimeType":"image/png"}]}"""), "hi\n[binary result, image/png, 3 bytes; not shown as text]" },
    };

    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public async Task Result_OfEachKind_BecomesText(string kind, Delegate tool, string expected)
    {
        var finished = await RunAsync(AIFunctionFactory.Create(tool, "t"));

        Assert.Equal((kind, ToolOutcome.Succeeded, expected), (kind, finished.Outcome, finished.Result));
    }

    [Fact]
    [Trait("Id", "REL-11")]
    public async Task Result_McpError_CountsAsFailed()
    {
        var finished = await RunAsync(AIFunctionFactory.Create(
            () => JsonElement.Parse("""{"content":[{"type":"text","text":"no such file"}],"isError":true}"""), "t"));

        Assert.Equal((ToolOutcome.Failed, "no such file"), (finished.Outcome, finished.Result));
    }

    [Fact]
    public async Task Result_TooLong_IsCutAndSaysSo()
    {
        var finished = await RunAsync(AIFunctionFactory.Create(() => new string('x', 99) + "😀" + new string('y', 100), "t"), maxLength: 100);

        Assert.Equal(new string('x', 99) + "\n[Cut: the first 99 of 201 characters are shown.]", finished.Result);
    }

    [Fact]
    [Trait("Id", "REL-11")]
    public async Task Result_ThatCannotBeSerialised_Fails()
    {
        var loop = new Loop();
        loop.Next = loop;

        var finished = await RunAsync(AIFunctionFactory.Create(() => loop, "t"));

        Assert.Equal(ToolOutcome.Failed, finished.Outcome);
    }

    private static async Task<AgentUpdate.ToolCallFinished> RunAsync(AIFunction tool, int maxLength = 1000)
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "t")).ThenText("done");
        var options = new AgentRunOptions { Limits = new ToolLoopOptions { MaxResultLength = maxLength } };
        var updates = await client.CreateAgent(tools: [tool]).RunStreamingAsync("Hi", runOptions: options).ToListAsync();
        return updates.OfType<AgentUpdate.ToolCallFinished>().Single();
    }

    private sealed class Loop
    {
        public Loop? Next { get; set; }
    }
}
