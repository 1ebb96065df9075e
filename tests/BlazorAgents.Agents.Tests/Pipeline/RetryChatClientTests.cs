using BlazorAgents.Agents.Pipeline;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlazorAgents.Agents.Tests.Pipeline;

public sealed class RetryChatClientTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedChatClient _model = new();

    [Fact]
    [Trait("Id", "REL-01")]
    public async Task Stream_RateLimited_WaitsAsLongAsAskedAndSaysSo()
    {
        _model.ThenFault(Fault(AgentErrorKind.RateLimited, TimeSpan.FromSeconds(7))).ThenText("Hello");
        var agent = Agent(jitter: 0.5);

        var run = agent.RunStreamingAsync("Hi").ToListAsync().AsTask();
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(7.5));
        _time.Advance(TimeSpan.FromSeconds(7.4));
        Assert.Single(_model.Requests);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        var updates = await run.WaitAsync(s_patience);

        Assert.Equal(new AgentUpdate.RetryScheduled(2, TimeSpan.FromSeconds(7.5), AgentErrorKind.RateLimited), updates[1]);
        Assert.Equal(new AgentUpdate.TextDelta("Hello"), updates[2]);
        Assert.Single(updates.OfType<AgentUpdate.StepStarted>());
    }

    [Fact]
    [Trait("Id", "REL-02")]
    public async Task Stream_Unavailable_TriesThreeTimesWithGrowingWaits()
    {
        for (var i = 0; i < 3; i++)
        {
            _model.ThenFault(Fault(AgentErrorKind.Unavailable));
        }

        var run = Client(jitter: 0.5).GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]).ToListAsync().AsTask();
        foreach (var seconds in new[] { 1, 2 })
        {
            await _time.WaitForTimerAsync(TimeSpan.FromSeconds(seconds));
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        var error = await Assert.ThrowsAsync<AgentException>(() => run.WaitAsync(s_patience));
        Assert.Equal((AgentErrorKind.Unavailable, 3), (error.Kind, _model.Requests.Count));
    }

    [Fact]
    [Trait("Id", "REL-01")]
    public async Task Stream_AskedToWaitTooLong_FailsAtOnceAndSaysWhen()
    {
        _model.ThenFault(Fault(AgentErrorKind.RateLimited, TimeSpan.FromSeconds(61)));

        var error = await Assert.ThrowsAsync<AgentException>(() => Agent().RunAsync("Hi"));

        Assert.Contains("try again in 61 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(61), error.RetryAfter);
        Assert.Single(_model.Requests);
    }

    [Fact]
    [Trait("Id", "REL-01")]
    public async Task Stream_SecondWaitWouldPassTheTotal_Fails()
    {
        _model.ThenFault(Fault(AgentErrorKind.RateLimited, TimeSpan.FromSeconds(40))).ThenFault(Fault(AgentErrorKind.RateLimited, TimeSpan.FromSeconds(40)));

        var run = Agent().RunAsync("Hi");
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(40));
        _time.Advance(TimeSpan.FromSeconds(40));

        var error = await Assert.ThrowsAsync<AgentException>(() => run.WaitAsync(s_patience));
        Assert.Contains("try again in 40 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _model.Requests.Count);
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Stream_BreaksAfterText_IsNeverReplayed()
    {
        _model.ThenFault(new AgentException(AgentErrorKind.Unavailable, "Broke.") { BrokeMidStream = true }, new TextContent("Seen"));

        var error = await Assert.ThrowsAsync<AgentException>(() => Agent().RunAsync("Hi"));

        Assert.True(error.BrokeMidStream);
        Assert.Single(_model.Requests);
    }

    [Theory]
    [InlineData(AgentErrorKind.Authentication)]
    [InlineData(AgentErrorKind.BadResponse)]
    [InlineData(AgentErrorKind.ContextTooLong)]
    public async Task Stream_LastingFault_IsNotTriedAgain(AgentErrorKind kind)
    {
        _model.ThenFault(Fault(kind));

        await Assert.ThrowsAsync<AgentException>(() => Agent().RunAsync("Hi"));

        Assert.Single(_model.Requests);
    }

    [Fact]
    public async Task Stream_QuotaSpent_IsNotTriedAgain()
    {
        _model.ThenFault(new AgentException(AgentErrorKind.RateLimited, "Quota.") { IsRetryPointless = true });

        await Assert.ThrowsAsync<AgentException>(() => Agent().RunAsync("Hi"));

        Assert.Single(_model.Requests);
    }

    [Fact]
    [Trait("Id", "REL-01")]
    public async Task Stream_CancelledDuringTheWait_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        _model.ThenFault(Fault(AgentErrorKind.RateLimited, TimeSpan.FromSeconds(30)));

        var run = Agent().RunAsync("Hi", cancellationToken: stop.Token);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(s_patience));
        Assert.Single(_model.Requests);
    }

    [Fact]
    public async Task GetResponse_TransientFault_IsTriedAgain()
    {
        _model.ThenFault(Fault(AgentErrorKind.Timeout)).ThenText("Hello");

        var run = Client(jitter: 0.5).GetResponseAsync([new ChatMessage(ChatRole.User, "Hi")]);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("Hello", (await run.WaitAsync(s_patience)).Text);
    }

    public void Dispose() => _model.Dispose();

    private static AgentException Fault(AgentErrorKind kind, TimeSpan? retryAfter = null) => new(kind, "It failed.") { RetryAfter = retryAfter };

    private RetryChatClient Client(double jitter = 0) =>
        new(_model, new RetryOptions { Jitter = () => jitter }, _time, NullLogger.Instance);

    private ChatAgent Agent(double jitter = 0) => new(Client(jitter), new ChatAgentOptions(), _time);
}
