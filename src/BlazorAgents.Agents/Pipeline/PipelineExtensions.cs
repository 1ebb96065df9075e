using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Agents.Pipeline;

/// <summary>Puts the pipeline around a provider's client.</summary>
public static class PipelineExtensions
{
    /// <summary>
    /// Adds retry, circuit breaker and stall watch, in this order from outside: each attempt is one call for the breaker, and the
    /// time of a wait is no silence. Metering, budget, cache and rate limit go around the result.
    /// </summary>
    public static IChatClient UseResilience(
        this IChatClient client,
        EndpointCircuit circuit,
        ResilienceOptions options,
        TimeProvider time,
        ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RetryChatClient(new CircuitChatClient(new StallChatClient(client, options.Stall, time), circuit), options.Retry, time, logger);
    }
}
