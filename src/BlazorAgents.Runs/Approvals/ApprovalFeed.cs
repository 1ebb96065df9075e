namespace BlazorAgents.Runs;

/// <summary>Tells open pages of this process about requests that changed.</summary>
public sealed class ApprovalFeed
{
    private readonly Lock _gate = new();
    private Subscription[] _subscribers = [];

    /// <summary>Calls <paramref name="changed"/>, which must return at once, on any thread until the result is disposed.</summary>
    public IDisposable Subscribe(Action<ApprovalNews> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var subscription = new Subscription(this, changed);
        lock (_gate)
        {
            _subscribers = [.. _subscribers, subscription];
        }

        return subscription;
    }

    internal void Publish(ApprovalNews news)
    {
        foreach (var subscription in Volatile.Read(ref _subscribers))
        {
            subscription.Notify(news);
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            _subscribers = [.. _subscribers.Where(other => other != subscription)];
        }
    }

    private sealed class Subscription(ApprovalFeed feed, Action<ApprovalNews> changed) : IDisposable
    {
        private volatile bool _isDisposed;

        public void Notify(ApprovalNews news)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                changed(news);
            }
            catch (Exception)
            {
                // A page's own fault: what was saved is saved, and other pages must hear of it.
            }
        }

        public void Dispose()
        {
            _isDisposed = true;
            feed.Remove(this);
        }
    }
}
