namespace BlazorAgents.Emulator.Responses;

/// <summary>Work that outlives the request that started it, so that a closing server can wait for it.</summary>
internal sealed class RunningTasks
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _tasks = [];

    public Task Start(Func<Task> work)
    {
        var task = Task.Run(work);
        lock (_lock)
        {
            _tasks.Add(task);
        }

        _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    public Task WaitAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_tasks);
        }
    }

    private void Forget(Task task)
    {
        lock (_lock)
        {
            _tasks.Remove(task);
        }
    }
}
