using System.Collections.Concurrent;

namespace BlazorAgents.Runs;

/// <summary>The runs that this process is working on, for whoever wants to watch.</summary>
public sealed class RunFeed
{
    private readonly ConcurrentDictionary<Guid, RunView> _live = new();

    /// <summary>The live view of a run, or null when it is not at work here.</summary>
    internal RunView? Find(Guid runId) => _live.GetValueOrDefault(runId);

    internal void Open(RunView view) => _live[view.Id] = view;

    internal void Close(Guid runId) => _live.TryRemove(runId, out _);
}
