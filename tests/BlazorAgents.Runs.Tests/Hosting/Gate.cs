namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>A point where the code under test waits until the test lets it go on.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until the code under test is there.</summary>
    public Task ReachedAsync() => _reached.Task.WaitAsync(Waiting.Patience);

    public void Open() => _opened.TrySetResult();

    /// <summary>Called by the code under test.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        await _opened.Task.WaitAsync(cancellationToken);
    }
}
