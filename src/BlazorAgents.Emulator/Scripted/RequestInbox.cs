namespace BlazorAgents.Emulator.Scripted;

/// <summary>Hands each request to one taker; takers may come before the request.</summary>
internal sealed class RequestInbox
{
    private readonly Lock _lock = new();
    private readonly List<ScriptedRequest> _untaken = [];
    private readonly List<(Func<ScriptedRequest, bool> Matches, TaskCompletionSource<ScriptedRequest> Taker)> _waiting = [];

    public void Put(ScriptedRequest request)
    {
        lock (_lock)
        {
            for (var index = 0; index < _waiting.Count; index++)
            {
                var (matches, taker) = _waiting[index];
                if (taker.Task.IsCompleted || matches(request))
                {
                    _waiting.RemoveAt(index--);
                    if (taker.TrySetResult(request))
                    {
                        return;
                    }
                }
            }

            _untaken.Add(request);
        }
    }

    public async Task<ScriptedRequest> TakeAsync(Func<ScriptedRequest, bool> matches, CancellationToken ct)
    {
        TaskCompletionSource<ScriptedRequest> taker;
        lock (_lock)
        {
            if (_untaken.FindIndex(request => matches(request)) is >= 0 and var index)
            {
                var request = _untaken[index];
                _untaken.RemoveAt(index);
                return request;
            }

            taker = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((matches, taker));
        }

        await using var registration = ct.Register(() => taker.TrySetCanceled(ct));
        return await taker.Task;
    }
}
