namespace BlazorAgents.Emulator.Tests;

/// <summary>A clock whose timers fire only after <see cref="Release"/>, and then at once.</summary>
internal sealed class StoppedClock : TimeProvider
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<Action> _held = [];
    private bool _released;

    /// <summary>Completes when the first timer was set.</summary>
    public Task Waiting => _waiting.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // Kestrel's own upkeep never uses this clock: every timer here is the demo's pace.
        lock (_lock)
        {
            if (!_released)
            {
                _held.Add(() => callback(state));
                _waiting.TrySetResult();
                return new NoTimer();
            }
        }

        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public void Release()
    {
        List<Action> held;
        lock (_lock)
        {
            _released = true;
            held = [.. _held];
            _held.Clear();
        }

        held.ForEach(fire => fire());
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
