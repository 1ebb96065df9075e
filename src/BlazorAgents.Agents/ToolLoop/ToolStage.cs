using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>Carries out the calls of one step: asks the gate, runs side by side what may run, reports each call as it ends. A call that the provider may make has no result afterwards.</summary>
internal sealed class ToolStage(ToolInvoker invoker, IToolGate gate, TimeProvider time)
{
    /// <summary>Runs calls that were checked; ends early, without an exception, when cancelled. Calls that wait have no result afterwards.</summary>
    public async IAsyncEnumerable<AgentUpdate> RunAsync(IReadOnlyList<ToolCall> calls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            yield break;
        }

        await ReviewAsync([.. calls.Where(c => c.Result is null)]);
        await HoldBackAsync(calls);
        foreach (var call in calls)
        {
            if (call.Result is not null)
            {
                call.IsReported = true;
                yield return call.Finished();
            }
            else if (call.WaitsFor is { } request)
            {
                yield return new AgentUpdate.ApprovalRequested(call.Id, call.Name, request);
            }
        }

        var running = calls.Where(c => c is { Result: null, WaitsFor: null, Hosted: null }).ToDictionary(c => CarryOutAsync(c, cancellationToken));
        await foreach (var ended in Task.WhenEach(running.Keys))
        {
            if (ended.IsCompletedSuccessfully)
            {
                var call = running[ended];
                call.Result = await ended;
                call.IsReported = true;
                yield return call.Finished();
            }
            else if (ended.Exception?.InnerException is { } fault)
            {
                ExceptionDispatchInfo.Throw(fault); // the journal failed, not the tool
            }
        }
    }

    private async Task ReviewAsync(IReadOnlyList<ToolCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        // Not cancelled half-way: what the gate let through has begun, and its end must be journalled.
        var verdicts = await gate.ReviewAsync([.. calls.Select(c => c.Request!)], CancellationToken.None);
        foreach (var (call, verdict) in calls.Zip(verdicts))
        {
            switch (verdict)
            {
                case ToolVerdict.Run run:
                    call.Key = run.Key;
                    break;
                case ToolVerdict.Wait wait:
                    call.WaitsFor = wait.RequestId;
                    break;
                case ToolVerdict.Refuse refuse:
                    call.Result = call.Decision is { IsAnswer: true } ? ToolCallResult.Answered(refuse.ModelText) : ToolCallResult.Refused(refuse.ModelText);
                    break;
            }
        }
    }

    /// <summary>The provider gets the answers of a step together: while one call waits, it makes none of the others.</summary>
    private async Task HoldBackAsync(IReadOnlyList<ToolCall> calls)
    {
        if (!calls.Any(c => c.Waits))
        {
            return;
        }

        foreach (var call in calls.Where(c => c.IsLeftToProvider))
        {
            call.Result = new ToolCallResult(ToolOutcome.Cancelled, "The call was not made: another call of the same step waits for a person. Make it again later if it is still needed.");
            await gate.EndAsync(call.Request!, ToolOutcome.Cancelled, TimeSpan.Zero, CancellationToken.None);
        }
    }

    private async Task<ToolCallResult> CarryOutAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        ToolCallResult result;
        try
        {
            result = await invoker.InvokeAsync(call, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await gate.EndAsync(call.Request!, ToolOutcome.Cancelled, time.GetElapsedTime(started), CancellationToken.None);
            throw;
        }

        await gate.EndAsync(call.Request!, result.Outcome, result.Duration, CancellationToken.None);
        return call.Decision is { ModelText: { } remark } ? result with { Text = $"{remark}\n{result.Text}" } : result;
    }
}
