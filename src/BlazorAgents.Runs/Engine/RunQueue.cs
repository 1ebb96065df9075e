using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace BlazorAgents.Runs;

/// <summary>Between those who ask for runs and the engine that carries them out.</summary>
public sealed class RunQueue
{
    private readonly Channel<Guid> _runs = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<Guid, bool> _waiting = new();

    /// <summary>Raised, on the caller's thread, when a run of this process should stop.</summary>
    internal event Action<Guid>? StopRequested;

    /// <summary>A run that waits already waits once: each recovery finds it again.</summary>
    internal void Enqueue(Guid runId)
    {
        if (_waiting.TryAdd(runId, true))
        {
            _runs.Writer.TryWrite(runId);
        }
    }

    internal async IAsyncEnumerable<Guid> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var runId in _runs.Reader.ReadAllAsync(cancellationToken))
        {
            // Before it is begun: a run that is queued anew from now on must be looked at again.
            _waiting.TryRemove(runId, out _);
            yield return runId;
        }
    }

    internal void RequestStop(Guid runId) => StopRequested?.Invoke(runId);
}
