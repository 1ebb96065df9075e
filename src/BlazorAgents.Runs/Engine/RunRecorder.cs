using System.Data.Common;
using BlazorAgents.Agents;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>
/// Applies what an agent says to the run's view at once, and to the database at each edge (an item begins or ends) and at least
/// once per interval.
/// </summary>
internal sealed class RunRecorder : IAsyncDisposable
{
    private static readonly TimeSpan s_leaseRenewal = TimeSpan.FromSeconds(5);

    private readonly RunStore _store;
    private readonly Run _run;
    private readonly RunView _view;
    private readonly AnswerBuilder _answer;
    private readonly TimeProvider _time;
    private readonly Action _leaseLost;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _saver;
    private long _savedAt;

    public RunRecorder(RunStore store, RunClaim claim, RunView view, TimeSpan interval, TimeProvider time, Action leaseLost)
    {
        (_store, _run, _view, _time, _leaseLost) = (store, claim.Run, view, time, leaseLost);
        _answer = new AnswerBuilder(claim, view, time);
        _savedAt = time.GetTimestamp();
        _view.Set(_view.State with { Status = RunStatus.Running, StartedAt = claim.Run.StartedAt, EndedAt = null });
        _saver = SaveRegularlyAsync(interval);
    }

    /// <summary>True once any text of the answer exists: from then on a failure leaves something to continue.</summary>
    public bool HasText => _answer.HasText;

    /// <summary>Applies one update; at an edge it returns after the save.</summary>
    public async Task ApplyAsync(AgentUpdate update, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Apply(update))
            {
                await SaveAsync(_view.State, cancellationToken);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes what is open, saves the last state, and only then shows it.</summary>
    public async Task EndAsync(Func<RunState, RunState> end)
    {
        await _ended.CancelAsync();
        await _saver;
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            _answer.End();
            var state = end(_view.State with { EndedAt = _time.GetUtcNow(), RetryAt = null, RetryAttempt = 0 });
            await SaveAsync(state, CancellationToken.None);
            _view.Set(state);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _saver;
        _ended.Dispose();
        _gate.Dispose();
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
            case AgentUpdate.LimitReached limit:
                _answer.AddNotice(limit.Explanation);
                return true;
            case AgentUpdate.UsageReported usage:
                _view.Set(state with { InputTokens = state.InputTokens + usage.InputTokens, OutputTokens = state.OutputTokens + usage.OutputTokens });
                return false;
            case AgentUpdate.RetryScheduled retry:
                _view.Set(state with { RetryAt = _time.GetUtcNow() + retry.Delay, RetryAttempt = retry.Attempt });
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
            _view.Set(state with { RetryAt = null, RetryAttempt = 0 });
        }
    }

    private async Task SaveAsync(RunState state, CancellationToken cancellationToken)
    {
        await _store.SaveAsync(_run, state, _answer.Stage(), cancellationToken);
        _answer.Saved();
        _savedAt = _time.GetTimestamp();
    }

    // Also renews the lease while a tool or a slow model says nothing.
    private async Task SaveRegularlyAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (_answer.IsOpenTextDirty || _time.GetElapsedTime(_savedAt) >= s_leaseRenewal)
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

    private async Task TrySaveAsync()
    {
        await _gate.WaitAsync(_ended.Token);
        try
        {
            await SaveAsync(_view.State, _ended.Token);
        }
        catch (LeaseLostException)
        {
            _leaseLost();
        }
        catch (Exception exception) when (exception is DbUpdateException or DbException)
        {
            // What is unsaved stays staged: the next save, at the latest the last one, meets the same fault where it is handled.
        }
        finally
        {
            _gate.Release();
        }
    }
}
