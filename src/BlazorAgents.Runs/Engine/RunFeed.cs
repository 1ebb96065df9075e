using System.Collections.Concurrent;

namespace BlazorAgents.Runs;

/// <summary>The runs that this process is working on or will, for whoever wants to watch.</summary>
public sealed class RunFeed
{
    private readonly ConcurrentDictionary<Guid, RunView> _live = new();

    /// <summary>All views that are open.</summary>
    internal IEnumerable<RunView> Views => _live.Select(pair => pair.Value);

    /// <summary>The live view of a run, or null when it is not at work here.</summary>
    internal RunView? Find(Guid runId) => _live.GetValueOrDefault(runId);

    /// <summary>Opens a view, unless the run has one that is still active: its readers must not be left behind. Returns the one that is open.</summary>
    internal RunView Open(RunView view) => _live.AddOrUpdate(view.Id, view, (_, open) => open.State.IsActive ? open : view);

    /// <summary>Closes this view; a newer one of the same run stays open.</summary>
    internal void Close(RunView view) => _live.TryRemove(KeyValuePair.Create(view.Id, view));
}
