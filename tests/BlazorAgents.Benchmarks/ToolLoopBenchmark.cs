using BenchmarkDotNet.Attributes;
using BlazorAgents.Agents;
using BlazorAgents.Runs;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Benchmarks;

/// <summary>What a tool call costs besides the tool and the model: reading, checking, gate, journal, dispatch. Figures are for 10 steps.</summary>
[MemoryDiagnoser]
public class ToolLoopBenchmark
{
    private const int Steps = 10;
    private GateStage? _stage;

    /// <summary>Calls in one step of the model.</summary>
    [Params(1, 2)]
    public int CallsPerStep { get; set; }

    /// <summary>Makes the database.</summary>
    [GlobalSetup]
    public async Task SetupAsync() => _stage = await GateStage.StartAsync();

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public async Task CleanupAsync() => await _stage!.DisposeAsync();

    /// <summary>The loop alone: no gate, no journal.</summary>
    [Benchmark(Baseline = true)]
    public Task<int> Loop() => RunAsync(null);

    /// <summary>The loop with rules and journal, as every run has it.</summary>
    [Benchmark]
    public async Task<int> LoopWithGate()
    {
        await _stage!.BeginRunAsync();
        return await RunAsync(new RunGate(
            _stage.Claim, GateStage.Agent, GateStage.Caller, () => "", _ => { }, (GateServices)_stage.Services.GetService(typeof(GateServices))!, _stage.Services));
    }

    private async Task<int> RunAsync(RunGate? gate)
    {
        var model = new ScriptedChatClient();
        for (var step = 0; step < Steps; step++)
        {
            model.ThenCalls([.. Enumerable.Range(0, CallsPerStep).Select(i => ScriptedChatClient.Call(
                $"{Guid.NewGuid():N}", "look", $$"""{"what":"item {{step}} {{i}}","quantity":{{step + 1}}}"""))]);
        }

        model.ThenText("Done.");
        var agent = new ChatAgent(model, new ChatAgentOptions { Instructions = "Sell.", Tools = GateStage.Agent.Tools });
        var calls = 0;
        await foreach (var update in agent.RunStreamingAsync("Buy", runOptions: new AgentRunOptions { Gate = gate, Caller = GateStage.Caller }))
        {
            calls += update is AgentUpdate.ToolCallFinished { Outcome: ToolOutcome.Succeeded } ? 1 : 0;
        }

        return calls == Steps * CallsPerStep ? calls : throw new InvalidOperationException($"{calls} calls ran.");
    }
}
