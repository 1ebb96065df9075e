using BlazorAgents.Emulator.Demo;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>Keeps the runs that are worked on behind the requests.</summary>
internal sealed class RunEngine(AssistantServer server, DemoPace pace, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _working = [];

    /// <summary>Begins or continues a run; called under the store's gate.</summary>
    public void Start(Run run, RunBrain brain)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        run.Work = cancellation;

        // Not with the token: a run that never starts would still have to be ended.
        var work = Task.Run(() => WorkAsync(run, brain, cancellation), CancellationToken.None);
        _working.RemoveWhere(task => task.IsCompleted);
        _working.Add(work);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        List<Task> working;
        lock (server.Store.Gate)
        {
            working = [.. _working];
        }

        await Task.WhenAll(working);
        _stopping.Dispose();
    }

    private async Task WorkAsync(Run run, RunBrain brain, CancellationTokenSource cancellation)
    {
        try
        {
            await new RunWork(run, brain, server, new RunPen(server.Store, run, pace, time, cancellation.Token)).DoAsync(cancellation.Token);
        }
        finally
        {
            lock (server.Store.Gate)
            {
                // The client may have continued the run already.
                run.Work = run.Work == cancellation ? null : run.Work;
                cancellation.Dispose();
            }
        }
    }
}
