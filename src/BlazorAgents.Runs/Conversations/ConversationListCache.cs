using System.Collections.Concurrent;

namespace BlazorAgents.Runs;

/// <summary>
/// A user's list, read once for all their open pages: each change reaches every page, and each page would otherwise read the same rows.
/// An entry holds until something changes in this process, and no longer than a moment, since other processes change things too.
/// </summary>
public sealed class ConversationListCache(ConversationFeed feed, TimeProvider time)
{
    private const int MaxEntries = 1_000;
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<string, Entry> _entries = new();

    internal Task<IReadOnlyList<ConversationSummary>> GetAsync(string userId, int take, Func<Task<IReadOnlyList<ConversationSummary>>> read)
    {
        var version = feed.Version;
        if (_entries.TryGetValue(userId, out var entry) && entry.Version == version && entry.Take == take
            && time.GetElapsedTime(entry.ReadAt) < s_moment && !entry.List.Value.IsFaulted)
        {
            return entry.List.Value;
        }

        if (_entries.Count >= MaxEntries)
        {
            _entries.Clear();
        }

        // Of several pages that ask at once, one reads.
        var fresh = new Entry(version, take, time.GetTimestamp(), new Lazy<Task<IReadOnlyList<ConversationSummary>>>(read));
        return _entries.AddOrUpdate(userId, fresh, (_, other) => ReferenceEquals(other, entry) ? fresh : Newer(other, fresh)).List.Value;
    }

    private static Entry Newer(Entry other, Entry fresh) => other.Version == fresh.Version && other.Take == fresh.Take ? other : fresh;

    private sealed record Entry(long Version, int Take, long ReadAt, Lazy<Task<IReadOnlyList<ConversationSummary>>> List);
}
