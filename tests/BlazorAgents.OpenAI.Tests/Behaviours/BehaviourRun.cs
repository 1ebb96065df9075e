using System.Collections.Concurrent;
using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>Every behaviour once with one client type, for the tests that judge each and for the table of all.</summary>
internal sealed class BehaviourRun
{
    private static readonly ConcurrentDictionary<ClientType, Lazy<Task<BehaviourRun>>> s_runs = new();
    private readonly Dictionary<string, Exception?> _outcomes = [];

    /// <summary>The run with a client type: the first who asks starts it.</summary>
    public static Task<BehaviourRun> OfAsync(ClientType type) =>
        s_runs.GetOrAdd(type, t => new Lazy<Task<BehaviourRun>>(() => Task.Run(() => StartAsync(t)))).Value;

    /// <summary>Whether a behaviour was seen to work, or its limit was.</summary>
    public bool Holds(Behaviour behaviour) => _outcomes[behaviour.Name] is null;

    /// <summary>Fails as the behaviour failed.</summary>
    public void AssertHolds(string name)
    {
        if (_outcomes[name] is { } error)
        {
            Assert.Fail(error.ToString());
        }
    }

    private static async Task<BehaviourRun> StartAsync(ClientType type)
    {
        var run = new BehaviourRun();
        using var mcp = DiceServer.Create();
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, McpHandler = mcp });
        foreach (var behaviour in BehaviourList.All)
        {
            await using var stage = new BehaviourStage(type, server);
            run._outcomes.Add(behaviour.Name, await Record.ExceptionAsync(() => behaviour.CheckAsync(stage)));
        }

        return run;
    }
}
