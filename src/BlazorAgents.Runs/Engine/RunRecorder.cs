using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>
/// Applies what an agent says to the run's view at once, and to the database at each edge (an item begins or ends) and at least
/// once per interval. Text goes on to its readers while an earlier part is being saved.
/// </summary>
internal sealed class RunRecorder : IAsyncDisposable
{
    private readonly RunStore _store;
    private readonly Run _run;
    private readonly RunView _view;
    private readonly AnswerBuilder _answer;
    private readonly TimeProvider _time;
    private readonly RunStop _stop;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _saving = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _saver;
    private long _savedAt;

    public RunRecorder(RunStore store, RunClaim claim, RunView view, RunsOptions options, TimeProvider time, RunStop stop)
    {
        (_store, _run, _view, _time, _stop) = (store, claim.Run, view, time, stop);
        _answer = new AnswerBuilder(claim, view, time);
        _savedAt = time.GetTimestamp();
        _view.Set(_view.State with { Status = RunStatus.Running, StartedAt = claim.Run.StartedAt, EndedAt = null });

        // Three chances to renew the lease before it ends.
        _saver = SaveRegularlyAsync(TimeSpan.FromSeconds(options.SaveIntervalSeconds), TimeSpan.FromSeconds(options.LeaseSeconds / 4.0));
    }

    /// <summary>True once any text of the answer exists: from then on a failure leaves something to continue.</summary>
    public bool HasText => _answer.HasText;

    /// <summary>True once this stretch of the answer did or said anything that cannot be taken back.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>A call begins.</summary>
    public void Began(string callId)
    {
        lock (_gate)
        {
            HasBegun = true;
            _answer.Began(callId);
        }
    }

    /// <summary>What the answer says so far.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                return string.Concat(_view.Items.Where(item => item.Kind is RunItemKind.Text).Select(item => item.Text));
            }
        }
    }

    /// <summary>Applies one update; at an edge the result ends after the save. What was applied is kept even if the save is cancelled.</summary>
    public Task ApplyAsync(AgentUpdate update, CancellationToken cancellationToken)
    {
        bool isEdge;
        lock (_gate)
        {
            HasBegun = true;
            isEdge = Apply(update);
        }

        return isEdge ? SaveAsync(end: null, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Adds a sentence of the application's, once; returns after the save.</summary>
    public Task AddNoticeAsync(string text, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_view.Items.Any(item => item.Kind is RunItemKind.Notice && item.Text == text))
            {
                return Task.CompletedTask;
            }

            _answer.AddNotice(text);
        }

        return SaveAsync(end: null, cancellationToken);
    }

    /// <summary>Takes back what was written since the last tool call; returns after the save.</summary>
    public Task WithdrawTextAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _answer.WithdrawText();
        }

        return SaveAsync(end: null, cancellationToken);
    }

    /// <summary>Where the provider keeps the conversation; saved with the run's end.</summary>
    public void SetServiceThread(string? id, string? json)
    {
        lock (_gate)
        {
            _view.Set(_view.State with { ServiceThreadId = id, ServiceThread = json });
        }
    }

    /// <summary>Closes what is open, saves the last state, and only then shows it.</summary>
    public async Task EndAsync(Func<RunState, RunState> end)
    {
        await _ended.CancelAsync();
        await _saver;
        RunState state;
        lock (_gate)
        {
            state = end(_view.State.WithoutRetry() with { EndedAt = _time.GetUtcNow() });
            if (state.IsActive)
            {
                _answer.Pause();
                state = state with { EndedAt = null };
            }
            else
            {
                _answer.End();
            }
        }

        await SaveAsync(state, CancellationToken.None);
        _view.Set(state);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _saver;
        _ended.Dispose();
        _saving.Dispose();
    }

    /// <summary>True at an edge.</summary>
    private bool Apply(AgentUpdate update)
    {
        var state = _view.State;
        switch (update)
        {
            case AgentUpdate.TextDelta { Text.Length: > 0 } delta:
                ClearRetry(state);
                return _answer.Append(RunItemKind.Text, delta.Text);
            case AgentUpdate.ReasoningDelta { Text.Length: > 0 } delta:
                ClearRetry(state);
                return _answer.Append(RunItemKind.Reasoning, delta.Text);
            case AgentUpdate.ToolCallStarted call:
                ClearRetry(state);
                _answer.StartCall(call);
                return true;
            case AgentUpdate.ToolCallFinished result:
                _answer.FinishCall(result.CallId, result.Result, result.Outcome, result.Duration);
                return true;
            case AgentUpdate.ApprovalRequested waiting:
                _answer.Wait(waiting.CallId, waiting.RequestId);
                return true;
            case AgentUpdate.AnswerRejected:
                _answer.WithdrawText();
                return true;
            case AgentUpdate.HostedToolChanged { Call: { Kind: HostedToolKind.McpTools, Status: not HostedToolStatus.Failed } }:
                return false; // what a server offers is no part of the answer
            case AgentUpdate.HostedToolChanged hosted:
                ClearRetry(state);
                return _answer.ChangeHosted(hosted.Call);
            case AgentUpdate.CitationAdded { Citation: var citation }:
                _answer.AddSource(new Citation(citation.Title, citation.Url?.OriginalString, citation.FileId, citation.Snippet));
                return false;
            case AgentUpdate.LimitReached limit:
                _answer.AddNotice(limit.Explanation);
                return true;
            case AgentUpdate.UsageReported usage:
                _view.Set(state with { InputTokens = state.InputTokens + usage.InputTokens, OutputTokens = state.OutputTokens + usage.OutputTokens });
                return false;
            case AgentUpdate.RetryScheduled retry:
                _view.Set(state with { RetryAt = _time.GetUtcNow() + retry.Delay, RetryAttempt = retry.Attempt, RetryReason = retry.Reason.ToString() });
                return false;
            case AgentUpdate.Finished finished:
                _view.Set(state with { FinishReason = finished.Reason.ToString(), ModelId = finished.ModelId ?? state.ModelId });
                return false;
            default:
                return false;
        }
    }

    private void ClearRetry(RunState state)
    {
        if (state.RetryAt is not null)
        {
            _view.Set(state.WithoutRetry());
        }
    }

    private async Task SaveAsync(RunState? end, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            StagedItems staged;
            lock (_gate)
            {
                staged = _answer.Stage();
            }

            var stopRequested = await _store.SaveAsync(_run, end ?? _view.State, staged.Rows, cancellationToken);
            lock (_gate)
            {
                _answer.Saved(staged);
            }

            Interlocked.Exchange(ref _savedAt, _time.GetTimestamp());
            if (stopRequested && end is null)
            {
                // Asked for through another process, which could only write it down.
                _stop.Stop(RunStopReason.User);
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    // Also renews the lease while a tool or a slow model says nothing.
    private async Task SaveRegularlyAsync(TimeSpan interval, TimeSpan renewal)
    {
        using var timer = new PeriodicTimer(interval < renewal ? interval : renewal, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (HasUnsaved() || _time.GetElapsedTime(Interlocked.Read(ref _savedAt)) >= renewal)
                {
                    await TrySaveAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run ended; its last save is EndAsync's.
        }
    }

    private bool HasUnsaved()
    {
        lock (_gate)
        {
            return _answer.HasUnsaved;
        }
    }

    private async Task TrySaveAsync()
    {
        try
        {
            await SaveAsync(end: null, _ended.Token);
        }
        catch (LeaseLostException)
        {
            _stop.Stop(RunStopReason.LeaseLost);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What is unsaved stays staged: the next save, at the latest the last one, meets the same fault where it is handled.
        }
    }
}
