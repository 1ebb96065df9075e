using System.Runtime.InteropServices;
using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>One response from its creation to its end: its items, its events and its state. Safe to read while it is written.</summary>
internal sealed class ResponseRun(ResponseRequest request, IReadOnlyList<JsonElement> history, IReadOnlyList<JsonElement> input, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _given = history.Concat(input).Sum(item => (long)JsonMarshal.GetRawUtf8Value(item).Length);
    private ResponseState _state = new(request.Background ? "queued" : "in_progress", []);

    public string Id { get; init; } = WireId.New("resp");

    public long CreatedAt { get; } = time.GetUtcNow().ToUnixTimeSeconds();

    public DateTimeOffset Created { get; } = time.GetUtcNow();

    public ResponseRequest Request => request;

    /// <summary>Items before this response, oldest first.</summary>
    public IReadOnlyList<JsonElement> History => history;

    /// <summary>Items that the request added.</summary>
    public IReadOnlyList<JsonElement> Input => input;

    public ResponseLog Log { get; init; } = new();

    public ResponseState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Cancelled when a client cancels or deletes the response.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Completes when the response has come to any end.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Everything that the next response of the thread continues from.</summary>
    public IReadOnlyList<JsonElement> Thread => [.. history, .. input, .. State.Output];

    /// <summary>Rough size in bytes, shared history included.</summary>
    public long Size => Log.Size + _given;

    public Dictionary<string, object?> Describe(IReadOnlySet<string> include) => ResponseShape.Describe(this, State, include);

    public void Stop() => _stop.Cancel();

    /// <summary>Announces the response.</summary>
    public void Begin()
    {
        Announce("response.created");
        if (request.Background)
        {
            Announce("response.queued");
        }
    }

    /// <summary>The work begins.</summary>
    public void Start()
    {
        Change(state => state with { Status = "in_progress" });
        Announce("response.in_progress");
    }

    /// <summary>Adds an item that has only begun; returns its output index.</summary>
    public int Add(object item)
    {
        var element = WireJson.Element(item);
        var index = State.Output.Count;
        Change(state => state with { Output = [.. state.Output, element] });
        Log.Append("response.output_item.added", ("output_index", index), ("item", ItemView.Of(element, request.Include)));
        return index;
    }

    /// <summary>Puts a newer form of an item in its place, without an event.</summary>
    public void Replace(int index, object item)
    {
        var element = WireJson.Element(item);
        Change(state => state with { Output = [.. state.Output.Select((old, at) => at == index ? element : old)] });
    }

    /// <summary>Puts the final form of an item in its place and says so.</summary>
    public void Complete(int index, object item)
    {
        Replace(index, item);
        Log.Append("response.output_item.done", ("output_index", index), ("item", ItemView.Of(State.Output[index], request.Include)));
    }

    /// <summary>Ends the response; the last event is the one of its status.</summary>
    public void Finish(string status, ResponseUsage? usage = null, (string Code, string Message)? error = null, string? incompleteReason = null)
    {
        Change(state => state with
        {
            Status = status,
            Usage = usage,
            Error = error,
            IncompleteReason = incompleteReason,
            CompletedAt = status == "completed" ? time.GetUtcNow().ToUnixTimeSeconds() : null,
        });

        // The specification has no event for a cancelled response: it ends as incomplete, and its status says cancelled.
        Announce(status == "cancelled" ? "response.incomplete" : "response." + status);
        Log.End();
        _ended.TrySetResult();
    }

    public void Dispose() => _stop.Dispose();

    private void Announce(string type) => Log.Append(type, ("response", Describe(request.Include)));

    private void Change(Func<ResponseState, ResponseState> change)
    {
        lock (_lock)
        {
            _state = change(_state);
        }
    }
}
