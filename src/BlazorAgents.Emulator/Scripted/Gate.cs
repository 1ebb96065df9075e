namespace BlazorAgents.Emulator.Scripted;

/// <summary>A door that a test opens: whoever waits at it goes on, and the test can see that someone waits.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether <see cref="Open"/> was called.</summary>
    public bool IsOpen => _opened.Task.IsCompleted;

    /// <summary>Completes when someone has come to the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Opens the gate for good.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>Waits until the gate is open.</summary>
    public Task WaitAsync(CancellationToken ct = default)
    {
        _reached.TrySetResult();
        return _opened.Task.WaitAsync(ct);
    }
}
