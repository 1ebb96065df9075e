using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Pipeline;

/// <summary>Pauses calls to an endpoint that keeps failing. A stream counts by whether it begins.</summary>
public sealed class CircuitChatClient(IChatClient innerClient, EndpointCircuit circuit) : DelegatingChatClient(innerClient)
{
    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        circuit.RunAsync(ct => InnerClient.GetResponseAsync(messages, options, ct), cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (updates, hasMore) = await circuit.RunAsync(
            _ => BeginAsync(InnerClient.GetStreamingResponseAsync(messages, options, cancellationToken), cancellationToken), cancellationToken);
        await using (updates)
        {
            while (hasMore)
            {
                yield return updates.Current;
                hasMore = await updates.MoveNextAsync();
            }
        }
    }

    private static async Task<(IAsyncEnumerator<ChatResponseUpdate> Updates, bool HasMore)> BeginAsync(
        IAsyncEnumerable<ChatResponseUpdate> stream, CancellationToken cancellationToken)
    {
        var updates = stream.GetAsyncEnumerator(cancellationToken);
        try
        {
            return (updates, await updates.MoveNextAsync());
        }
        catch
        {
            await updates.DisposeAsync();
            throw;
        }
    }
}
