using System.Collections.Concurrent;

namespace BlazorAgents.Runs;

/// <summary>Tells a user's open pages that the conversation list, or one conversation, changed.</summary>
public sealed class ConversationFeed
{
    private readonly ConcurrentDictionary<string, Subscription[]> _subscribers = new();
    private long _version;

    /// <summary>Grows with every change of any list: what was read at this version is current while it stays.</summary>
    internal long Version => Interlocked.Read(ref _version);

    /// <summary>Calls <paramref name="changed"/> on any thread until the result is disposed; with a conversation, only for changes of that one.</summary>
    internal IDisposable Subscribe(string userId, Guid? conversationId, Action changed)
    {
        var subscription = new Subscription(this, userId, conversationId, changed);
        _subscribers.AddOrUpdate(userId, _ => [subscription], (_, others) => [.. others, subscription]);
        return subscription;
    }

    /// <summary>Something changed: in one conversation, or with null in any of the user's.</summary>
    internal void Publish(string userId, Guid? conversationId)
    {
        Interlocked.Increment(ref _version);
        foreach (var subscription in _subscribers.GetValueOrDefault(userId, []))
        {
            subscription.Notify(conversationId);
        }
    }

    private void Remove(string userId, Subscription subscription)
    {
        while (_subscribers.TryGetValue(userId, out var subscribers))
        {
            Subscription[] left = [.. subscribers.Where(other => other != subscription)];
            var done = left.Length == 0
                ? _subscribers.TryRemove(new KeyValuePair<string, Subscription[]>(userId, subscribers))
                : _subscribers.TryUpdate(userId, left, subscribers);
            if (done)
            {
                return;
            }
        }
    }

    private sealed class Subscription(ConversationFeed feed, string userId, Guid? conversationId, Action changed) : IDisposable
    {
        private int _disposed;

        public void Notify(Guid? changedId)
        {
            if (conversationId is not null && changedId is not null && conversationId != changedId)
            {
                return;
            }

            try
            {
                changed();
            }
            catch (Exception)
            {
                // A page's own fault: what was saved is saved, and other pages must hear of it.
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                feed.Remove(userId, this);
            }
        }
    }
}
