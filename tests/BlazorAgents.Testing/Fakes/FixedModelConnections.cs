using System.Collections.Concurrent;
using BlazorAgents.Runs;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Testing.Fakes;

/// <summary>Connects every conversation to one client, and remembers how it was asked for.</summary>
public sealed class FixedModelConnections(Func<IChatClient> client) : IModelConnections
{
    /// <summary>The connections asked for, oldest first.</summary>
    public List<ConversationConnection> Opened { get; } = [];

    /// <summary>What the next openings throw, one each.</summary>
    public ConcurrentQueue<Exception> Faults { get; } = new();

    /// <summary>What <see cref="FindProblemAsync"/> answers.</summary>
    public string? Problem { get; set; }

    /// <inheritdoc/>
    public ValueTask<IChatClient> OpenAsync(ConversationConnection connection, string? modelId, CancellationToken cancellationToken)
    {
        lock (Opened)
        {
            Opened.Add(connection);
        }

        return Faults.TryDequeue(out var fault) ? ValueTask.FromException<IChatClient>(fault) : ValueTask.FromResult(client());
    }

    /// <inheritdoc/>
    public ValueTask<IChatClient> OpenStatelessAsync(ConversationConnection connection, string? modelId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(client());

    /// <inheritdoc/>
    public ValueTask<string?> FindProblemAsync(ConversationConnection connection, IReadOnlyList<AITool> tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Problem);
}
