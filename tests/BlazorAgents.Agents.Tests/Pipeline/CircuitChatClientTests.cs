using BlazorAgents.Agents.Pipeline;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlazorAgents.Agents.Tests.Pipeline;

[Trait("Id", "REL-02")]
public sealed class CircuitChatClientTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedChatClient _model = new();
    private readonly EndpointCircuit _circuit;

    public CircuitChatClientTests() => _circuit = new EndpointCircuit("OpenAI", new CircuitOptions(), _time, NullLogger.Instance);

    [Fact]
    public async Task Stream_EndpointKeepsFailing_PausesAndSaysUntilWhen()
    {
        await OpenAsync();
        _time.Advance(TimeSpan.FromSeconds(10));

        var error = await Assert.ThrowsAsync<AgentException>(AskAsync);

        Assert.Equal((AgentErrorKind.Unavailable, true), (error.Kind, error.IsRetryPointless));
        Assert.Equal("OpenAI failed repeatedly, so calls to it are paused. Try again in 20 seconds.", error.Message);
        Assert.Equal(5, _model.Requests.Count);
    }

    [Fact]
    public async Task Stream_AfterThePause_TriesAgainAndCloses()
    {
        await OpenAsync();
        _time.Advance(TimeSpan.FromSeconds(31));
        _model.ThenText("back").ThenText("again");

        await AskAsync();
        await AskAsync();

        Assert.Equal(7, _model.Requests.Count);
    }

    [Fact]
    public async Task Stream_RateLimits_DoNotPause()
    {
        for (var i = 0; i < 10; i++)
        {
            _model.ThenFault(new AgentException(AgentErrorKind.RateLimited, "Slow down."));
            await Assert.ThrowsAsync<AgentException>(AskAsync);
        }

        Assert.Equal(10, _model.Requests.Count);
    }

    [Fact]
    public async Task UseResilience_PausedEndpoint_FailsWithoutWaiting()
    {
        await OpenAsync();
        var client = _model.UseResilience(_circuit, new ResilienceOptions(), _time, NullLogger.Instance);

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi"));

        Assert.Contains("paused", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _model.Dispose();

    private async Task OpenAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            _model.ThenFault(new AgentException(AgentErrorKind.Unavailable, "Down."));
            await Assert.ThrowsAsync<AgentException>(AskAsync);
        }
    }

    private async Task AskAsync() =>
        await new CircuitChatClient(_model, _circuit).GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]).ToListAsync();
}
