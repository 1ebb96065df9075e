using System.Runtime.CompilerServices;
using BlazorAgents.Agents.Pipeline;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.Pipeline;

[Trait("Id", "REL-04")]
public sealed class StallChatClientTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Stream_NothingBeforeTheFirstUpdate_EndsAfterFiveMinutes()
    {
        using var client = Client((_, ct) => Silent([], ct));

        var run = client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]).ToListAsync().AsTask();
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(300));
        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.False(run.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<AgentException>(() => run.WaitAsync(s_patience));
        Assert.Equal((AgentErrorKind.Timeout, false), (error.Kind, error.BrokeMidStream));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_SilentAfterText_KeepsThePartialAnswer(bool honoursToken)
    {
        using var client = Client((_, ct) => Silent([new TextContent("Part")], honoursToken ? ct : CancellationToken.None));
        var agent = client.CreateAgent();
        var thread = agent.GetNewThread();

        var run = agent.RunAsync("Hi", thread);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(60));
        _time.Advance(TimeSpan.FromSeconds(60));

        var error = await Assert.ThrowsAsync<AgentException>(() => run.WaitAsync(s_patience));
        Assert.Equal((AgentErrorKind.Timeout, true), (error.Kind, error.BrokeMidStream));
        Assert.Equal(["Hi", "Part"], (await thread.MessageStore!.GetMessagesAsync(default)).Select(m => m.Text));
    }

    /// <summary>A beginning, a thought or news of a tool are no text: the model may be silent for minutes behind them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_SilentWhileThinking_EndsAfterFiveMinutes(bool thought)
    {
        using var client = Client((_, ct) => Silent([thought ? new TextReasoningContent("Hm.") : new TextContent(string.Empty)], ct));

        var run = client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]).ToListAsync().AsTask();
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(300));
        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.False(run.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<AgentException>(() => run.WaitAsync(s_patience));
        Assert.Equal((AgentErrorKind.Timeout, true), (error.Kind, error.BrokeMidStream));
    }

    [Fact]
    public async Task Stream_SlowReader_IsNoStall()
    {
        using var client = Client((_, ct) => ScriptedChatClient.Stream(ChatFinishReason.Stop, [new TextContent("a"), new TextContent("b")], ct));

        var text = string.Empty;
        await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]))
        {
            text += update.Text;
            _time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal("ab", text);
    }

    [Fact]
    public async Task Stream_CallersCancellation_StaysACancellation()
    {
        using var stop = new CancellationTokenSource();
        using var client = Client((_, _) => Silent([], CancellationToken.None));

        var run = client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")], cancellationToken: stop.Token).ToListAsync().AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(s_patience));
    }

    private StallChatClient Client(Func<ScriptedRequest, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> script) =>
        new(new ScriptedChatClient().Then(script), new StallOptions(), _time);

    private static async IAsyncEnumerable<ChatResponseUpdate> Silent(
        IEnumerable<AIContent> before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var content in before)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]);
        }

        var never = new TaskCompletionSource();
        await never.Task.WaitAsync(cancellationToken);
    }
}
