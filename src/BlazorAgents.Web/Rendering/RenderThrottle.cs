namespace BlazorAgents.Web.Rendering;

/// <summary>
/// Turns any number of change notices, from any thread, into at most one render per interval. The first notice after a pause
/// renders at once, the last one is never lost, and without notices no timer runs.
/// </summary>
/// <remarks>One timer and one delegate for its whole life: a hundred circuits that stream at the same time share the pool's timer queue.</remarks>
public sealed class RenderThrottle : IDisposable
{
    /// <summary>The interval of an ordinary answer: below what a reader perceives as a step, above what a browser needs for a frame.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(70);

    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Rendering = 2;
    private const int RenderingStale = 3;
    private const int Disposed = 4;

    private readonly TimeProvider _time;
    private readonly Func<Task> _render;
    private readonly ITimer _timer;
    private long _interval = DefaultInterval.Ticks;
    private long _renderedAt;
    private int _state;

    /// <summary>A throttle that calls <paramref name="render"/> on a pool thread; the callee moves to its own dispatcher.</summary>
    public RenderThrottle(TimeProvider time, Func<Task> render)
    {
        (_time, _render) = (time, render);
        _renderedAt = time.GetTimestamp() - time.TimestampFrequency;
        _timer = time.CreateTimer(static state => ((RenderThrottle)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The least time between two renders; a wider one takes effect with the next notice.</summary>
    public TimeSpan Interval
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _interval));
        set => Interlocked.Exchange(ref _interval, value.Ticks);
    }

    /// <summary>Something changed. Returns at once and never throws.</summary>
    public void Request()
    {
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case Idle when Swap(Waiting, Idle):
                    Arm();
                    return;
                case Rendering when Swap(RenderingStale, Rendering):
                case Waiting or RenderingStale or Disposed:
                    return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Interlocked.Exchange(ref _state, Disposed);
        _timer.Dispose();
    }

    private void Arm()
    {
        var due = Interval - _time.GetElapsedTime(Interlocked.Read(ref _renderedAt));
        _timer.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        if (!Swap(Rendering, Waiting))
        {
            return;
        }

        Interlocked.Exchange(ref _renderedAt, _time.GetTimestamp());
        var rendering = _render();
        if (rendering.IsCompletedSuccessfully)
        {
            Finish();
        }
        else
        {
            // A busy dispatcher slows this throttle down instead of queueing renders.
            rendering.ContinueWith(
                static (task, state) =>
                {
                    _ = task.Exception; // the circuit is gone, or the renderer has already reported it
                    ((RenderThrottle)state!).Finish();
                },
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    private void Finish()
    {
        if (!Swap(Idle, Rendering) && Swap(Waiting, RenderingStale))
        {
            Arm();
        }
    }

    private bool Swap(int to, int from) => Interlocked.CompareExchange(ref _state, to, from) == from;
}
