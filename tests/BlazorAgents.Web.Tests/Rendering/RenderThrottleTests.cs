using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Rendering;

namespace BlazorAgents.Web.Tests.Rendering;

public sealed class RenderThrottleTests
{
    private static readonly int s_interval = (int)RenderThrottle.DefaultInterval.TotalMilliseconds;

    private readonly ManualTimeProvider _time = new();
    private int _renders;

    [Fact]
    public void Request_AfterAPause_RendersAtOnce()
    {
        using var throttle = Counting();
        throttle.Request();
        Advance(0);
        Assert.Equal(1, _renders);
    }

    [Fact]
    public void Requests_InABurst_RenderOncePerInterval()
    {
        using var throttle = Counting();
        for (var i = 0; i < (10 * s_interval) - 1; i++)
        {
            throttle.Request();
            Advance(1);
        }

        Assert.Equal(10, _renders);
    }

    [Fact]
    public void LastRequest_IsNeverLost()
    {
        using var throttle = Counting();
        throttle.Request();
        Advance(10);
        throttle.Request();
        Advance(s_interval - 11);
        Assert.Equal(1, _renders);
        Advance(1);
        Assert.Equal(2, _renders);
    }

    [Fact]
    public void WithoutRequests_NothingRenders()
    {
        using var throttle = Counting();
        throttle.Request();
        Advance(1000);
        Assert.Equal(1, _renders);
    }

    [Fact]
    public void RequestWhileRendering_RendersAgainAfterIt()
    {
        var gate = new TaskCompletionSource();
        using var throttle = new RenderThrottle(_time, () =>
        {
            _renders++;
            return gate.Task;
        });
        throttle.Request();
        Advance(0);
        throttle.Request();
        Advance(1000);
        Assert.Equal(1, _renders);
        gate.SetResult();
        Advance(0);
        Assert.Equal(2, _renders);
    }

    [Fact]
    public void AFailedRender_DoesNotEndTheThrottle()
    {
        using var throttle = new RenderThrottle(_time, () => ++_renders == 1 ? Task.FromException(new ObjectDisposedException("circuit")) : Task.CompletedTask);
        throttle.Request();
        Advance(0);
        throttle.Request();
        Advance(s_interval);
        Assert.Equal(2, _renders);
    }

    [Fact]
    public void AWiderInterval_IsKept()
    {
        using var throttle = Counting();
        throttle.Interval = TimeSpan.FromMilliseconds(200);
        throttle.Request();
        Advance(0);
        throttle.Request();
        Advance(199);
        Assert.Equal(1, _renders);
        Advance(1);
        Assert.Equal(2, _renders);
    }

    [Fact]
    public void AfterDispose_NothingRenders()
    {
        var throttle = Counting();
        throttle.Request();
        throttle.Dispose();
        throttle.Request();
        Advance(1000);
        Assert.Equal(0, _renders);
    }

    [Fact]
    public async Task Requests_FromManyThreads_EndInTheLastState()
    {
        var written = 0;
        var seen = -1;
        using var throttle = new RenderThrottle(_time, () =>
        {
            Volatile.Write(ref seen, Volatile.Read(ref written));
            return Task.CompletedTask;
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                Interlocked.Increment(ref written);
                throttle.Request();
                if (i % 50 == 0)
                {
                    lock (_time)
                    {
                        Advance(s_interval);
                    }
                }
            }
        })));
        Advance(s_interval);
        Assert.Equal(8000, seen);
    }

    private void Advance(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private RenderThrottle Counting() => new(_time, () =>
    {
        _renders++;
        return Task.CompletedTask;
    });
}
