using System.Collections.Concurrent;

namespace BlazorAgents.Runs;

/// <summary>Tells a user's open pages that the conversation list changed.</summary>
public sealed class ConversationFeed
{
    private readonly ConcurrentDictionary<string, Action[]> _subscribers = new();

    /// <summary>Calls <paramref name="changed"/> on any thread until the result is disposed.</summary>
    internal IDisposable Subscribe(string userId, Action changed)
    {
        _subscribers.AddOrUpdate(userId, _ => [changed], (_, others) => [.. others, changed]);
        return new Subscription(this, userId, changed);
    }

    internal void Publish(string userId)
    {
        if (_subscribers.TryGetValue(userId, out var subscribers))
        {
            foreach (var changed in subscribers)
            {
                try
                {
                    changed();
                }
                catch (Exception)
                {
                    // A page's own fault: what was saved is saved, and other pages must hear of it.
                }
            }
        }
    }

    private void Remove(string userId, Action changed)
    {
        while (_subscribers.TryGetValue(userId, out var subscribers))
        {
            var left = subscribers.ToList();
            left.Remove(changed);
            var done = left.Count == 0
                ? _subscribers.TryRemove(new KeyValuePair<string, Action[]>(userId, subscribers))
                : _subscribers.TryUpdate(userId, [.. left], subscribers);
            if (done)
            {
                return;
            }
        }
    }

    private sealed class Subscription(ConversationFeed feed, string userId, Action changed) : IDisposable
    {
        private Action? _changed = changed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _changed, null) is { } mine)
            {
                feed.Remove(userId, mine);
            }
        }
    }
}
