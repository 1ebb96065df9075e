using System.Threading.Channels;

namespace BlazorAgents.Runs;

/// <summary>Between those who ask for runs and the engine that carries them out.</summary>
public sealed class RunQueue
{
    private readonly Channel<Guid> _runs = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });

    internal ChannelReader<Guid> Runs => _runs.Reader;

    /// <summary>Raised, on the caller's thread, when a run of this process should stop.</summary>
    internal event Action<Guid>? StopRequested;

    internal void Enqueue(Guid runId) => _runs.Writer.TryWrite(runId);

    internal void RequestStop(Guid runId) => StopRequested?.Invoke(runId);
}
