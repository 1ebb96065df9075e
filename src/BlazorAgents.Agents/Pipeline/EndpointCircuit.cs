using System.Globalization;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace BlazorAgents.Agents.Pipeline;

/// <summary>The state of one endpoint, shared by all clients that talk to it: after repeated failures its calls are paused.</summary>
public sealed class EndpointCircuit
{
    private readonly string _endpoint;
    private readonly ResiliencePipeline _pipeline;

    /// <summary>A closed circuit.</summary>
    /// <param name="endpoint">The endpoint's name for people and logs.</param>
    /// <param name="options">When it opens, and for how long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets a line when the circuit opens or closes.</param>
    public EndpointCircuit(string endpoint, CircuitOptions options, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _endpoint = endpoint;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.9,
            MinimumThroughput = options.Failures,
            SamplingDuration = options.Window,
            BreakDuration = options.Pause,
            ShouldHandle = args => ValueTask.FromResult(
                args.Outcome.Exception is AgentException { Kind: AgentErrorKind.Unavailable or AgentErrorKind.Timeout }),
            OnOpened = args =>
            {
                Log.CircuitOpened(logger, endpoint, args.BreakDuration);
                return ValueTask.CompletedTask;
            },
            OnClosed = _ =>
            {
                Log.CircuitClosed(logger, endpoint);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    /// <summary>Runs <paramref name="call"/> unless calls are paused.</summary>
    /// <exception cref="AgentException">Calls are paused; the text says until when.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async ct => await call(ct), cancellationToken);
        }
        catch (BrokenCircuitException broken)
        {
            // While the one call that tries is under way there is no time left, and no result yet.
            var wait = broken.RetryAfter is { } left && left > TimeSpan.Zero ? left : TimeSpan.FromSeconds(5);
            throw new AgentException(
                AgentErrorKind.Unavailable,
                string.Create(CultureInfo.InvariantCulture, $"{_endpoint} failed repeatedly, so calls to it are paused. Try again in {Math.Ceiling(wait.TotalSeconds):0} seconds."),
                broken)
            {
                RetryAfter = wait,
                IsRetryPointless = true,
            };
        }
    }
}
