using System.Runtime.CompilerServices;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>The numbered events of one response. Readers may come late, start anywhere and follow to the end.</summary>
/// <param name="first">Number of the first event; above 0 for what a resumed stream has still to tell.</param>
internal sealed class ResponseLog(int first = 0)
{
    private readonly Lock _lock = new();
    private readonly List<byte[]> _frames = [];
    private TaskCompletionSource _changed = Signal();
    private bool _ended;

    /// <summary>Bytes of all events.</summary>
    public long Size { get; private set; }

    public void Append(string type, params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var data = new Dictionary<string, object?> { ["type"] = type, ["sequence_number"] = 0 };
        foreach (var (name, value) in members)
        {
            data[name] = value;
        }

        lock (_lock)
        {
            data["sequence_number"] = first + _frames.Count;
            var frame = System.Text.Encoding.UTF8.GetBytes($"event: {type}\ndata: {WireJson.Text(data)}\n\n");
            Size += frame.Length;
            _frames.Add(frame);
            Wake();
        }
    }

    /// <summary>The frames from an index on.</summary>
    public IReadOnlyList<byte[]> Since(int index)
    {
        lock (_lock)
        {
            return index < _frames.Count ? [.. _frames[index..]] : [];
        }
    }

    /// <summary>No more events will come.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            Wake();
        }
    }

    /// <summary>Events from a sequence number on, each as the bytes of an SSE frame, until the response ends.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> FollowAsync(int from, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var next = from; ;)
        {
            byte[][] ready;
            Task changed;
            bool ended;
            lock (_lock)
            {
                ready = next < _frames.Count ? [.. _frames[next..]] : [];
                (changed, ended) = (_changed.Task, _ended);
            }

            foreach (var frame in ready)
            {
                yield return frame;
            }

            next += ready.Length;
            if (ended)
            {
                yield break;
            }

            await changed.WaitAsync(ct);
        }
    }

    private void Wake()
    {
        _changed.TrySetResult();
        _changed = Signal();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
