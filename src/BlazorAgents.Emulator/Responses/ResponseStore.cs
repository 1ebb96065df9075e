using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>Stored responses: at most 30 days, and so many that they fit; the oldest give way.</summary>
internal sealed class ResponseStore(TimeProvider time)
{
    public const int MostResponses = 1000;
    private const long MostBytes = 256L * 1024 * 1024;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResponseRun> _byId = [];
    private readonly LinkedList<ResponseRun> _byAge = [];

    public void Add(ResponseRun run)
    {
        lock (_lock)
        {
            _byId.Add(run.Id, run);
            _byAge.AddLast(run);
            Trim(run);
        }
    }

    /// <summary>Null for a response that does not exist, was deleted, or has expired.</summary>
    public ResponseRun? Find(string id)
    {
        lock (_lock)
        {
            return _byId.TryGetValue(id, out var run) && !IsOld(run) ? run : null;
        }
    }

    public bool Remove(ResponseRun run)
    {
        lock (_lock)
        {
            _byAge.Remove(run);
            return _byId.Remove(run.Id);
        }
    }

    /// <summary>An item of any stored response, the newest first, or null.</summary>
    public JsonElement? FindItem(string id)
    {
        List<ResponseRun> runs;
        lock (_lock)
        {
            runs = [.. _byAge.Reverse().Where(run => !IsOld(run))];
        }

        foreach (var item in runs.SelectMany(run => run.Input.Concat(run.State.Output)))
        {
            if (item.Text("id") == id)
            {
                return item;
            }
        }

        return null;
    }

    private bool IsOld(ResponseRun run) => time.GetUtcNow() - run.Created > s_lifetime;

    private void Trim(ResponseRun newest)
    {
        var bytes = _byAge.Sum(run => run.Size);
        while (_byAge.First is { Value: var oldest } && oldest != newest && (IsOld(oldest) || _byAge.Count > MostResponses || bytes > MostBytes))
        {
            bytes -= oldest.Size;
            _byAge.RemoveFirst();
            _byId.Remove(oldest.Id);
        }
    }
}
