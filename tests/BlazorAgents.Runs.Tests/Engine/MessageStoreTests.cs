using BlazorAgents.Runs.Tests.Hosting;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class MessageStoreTests
{
    [Fact]
    public async Task Messages_ManyExchanges_AreTheLast500()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });

        var messages = await ReadAsync(host, await LongThread.AddAsync(host, turns: 520));

        Assert.Equal(1000, messages.Count);
        Assert.Equal(["Question 20", "Answer 20"], messages.Take(2));
        Assert.Equal("Answer 519", messages[^1]);
    }

    [Fact]
    public async Task Messages_LongOnes_AreWholeExchangesUpToAMillionCharacters()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });

        var messages = await ReadAsync(host, await LongThread.AddAsync(host, turns: 30, i => $"{i} {new string('x', 90_000)}"));

        Assert.Equal(22, messages.Count);
        Assert.StartsWith("19 ", messages[0], StringComparison.Ordinal);
        Assert.InRange(messages.Sum(m => m.Length), 900_000, 1_000_000);
    }

    [Fact]
    public async Task Messages_OneThatIsTooLongByItself_IsStillIncluded()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });

        var messages = await ReadAsync(host, await LongThread.AddAsync(host, turns: 2, _ => new string('x', 1_100_000)));

        Assert.Equal(2, messages.Count);
        Assert.Equal("Answer 1", messages[^1]);
    }

    private static async Task<List<string>> ReadAsync(RunsHost host, Guid conversationId)
    {
        var leaf = (await host.Conversations.GetPageAsync(RunsHost.User, conversationId, null, take: 1)).Turns[^1].Run.Id;
        var messages = await new ConversationMessageStore(host.Database, leaf).GetMessagesAsync(CancellationToken.None);
        return [.. messages.Select(m => m.Text)];
    }
}
