using BenchmarkDotNet.Attributes;
using BlazorAgents.Runs;

namespace BlazorAgents.Benchmarks;

/// <summary>What people wait for: a new request, a decision, the list with 1,000 pending requests.</summary>
[MemoryDiagnoser]
public class ApprovalBenchmark
{
    private GateStage? _stage;
    private int _number;

    /// <summary>Makes 1,000 pending requests.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        _stage = await GateStage.StartAsync();
        while (_number < 1_000)
        {
            await _stage.OpenAsync(_number++);
        }
    }

    /// <summary>Removes the database.</summary>
    [GlobalCleanup]
    public async Task CleanupAsync() => await _stage!.DisposeAsync();

    /// <summary>A request from the gate until an open page hears of it.</summary>
    [Benchmark]
    public async Task<Guid> OpenUntilHeard()
    {
        var heard = new TaskCompletionSource<Guid>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _stage!.Approvals.Subscribe(news => heard.TrySetResult(news.ApprovalId));
        await _stage.OpenAsync(_number++);
        return await heard.Task;
    }

    /// <summary>A new request and its decision, both stored and told.</summary>
    [Benchmark]
    public async Task<DecisionResult> OpenAndDecide()
    {
        var id = await _stage!.OpenAsync(_number++);
        var result = await _stage.Approvals.DecideAsync(GateStage.Approver, id, new ApprovalDecision.Approve("Yes."));
        return result is DecisionResult.Decided ? result : throw new InvalidOperationException($"{result}");
    }

    /// <summary>The whole list of pending requests.</summary>
    [Benchmark]
    public async Task<int> ListThousand() => (await _stage!.Approvals.ListAsync(GateStage.Approver, new ApprovalFilter(), null, 1_000)).Rows.Count;
}
