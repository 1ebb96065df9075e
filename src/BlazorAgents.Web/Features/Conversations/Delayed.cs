namespace BlazorAgents.Web.Features.Conversations;

/// <summary>Runs an action once for a burst of requests; safe to call from any thread.</summary>
internal sealed class Delayed : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _pending;
    private bool _disposed;

    public Delayed(TimeProvider time, Func<Task> action) =>
        _timer = time.CreateTimer(
            _ =>
            {
                lock (_gate)
                {
                    _pending = false;
                }

                _ = action();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);

    /// <summary>Runs it at the latest after <paramref name="delay"/>: requests that follow do not put it off.</summary>
    public void Within(TimeSpan delay)
    {
        lock (_gate)
        {
            if (!_pending && !_disposed)
            {
                _pending = true;
                _timer.Change(delay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Runs it when there was no request for <paramref name="delay"/>.</summary>
    public void After(TimeSpan delay)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _pending = true;
                _timer.Change(delay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer.Dispose();
        }
    }
}
