using BlazorAgents.Agents.Tools;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.ToolLoop;

/// <summary>The guide's run-level tools: for the loop they are tools like the agent's.</summary>
public sealed class RunLevelToolTests
{
    private readonly List<string> _ran = [];

    [Fact]
    public async Task Run_RunLevelTool_IsThereForThatRunAlone()
    {
        using var client = new ScriptedChatClient()
            .ThenCalls(ScriptedChatClient.Call("1", "clock")).ThenText("It is ten.")
            .ThenCalls(ScriptedChatClient.Call("2", "clock")).ThenText("I cannot tell.");
        var agent = client.CreateAgent();
        var thread = new AgentThread();

        await agent.RunAsync("What time is it?", thread, new AgentRunOptions { Tools = [Tool("clock")] });
        var updates = await agent.RunStreamingAsync("And now?", thread).ToListAsync();

        Assert.Equal(["clock"], _ran);
        Assert.Null(client.Requests[2].Options!.Tools);
        Assert.Equal(ToolOutcome.UnknownTool, updates.OfType<AgentUpdate.ToolCallFinished>().Single().Outcome);
    }

    [Fact]
    public async Task Run_SameNameTwice_AgentsToolIsOfferedOnceAndRuns()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "clock")).ThenText("Done.");
        var agent = client.CreateAgent(tools: [Tool("clock", "agent's")]);

        await agent.RunAsync("Hi", runOptions: new AgentRunOptions { Tools = [Tool("clock", "first"), Tool("clock", "second"), Tool("dice", "first"), Tool("dice", "second")] });

        Assert.Equal(["agent's"], _ran);
        Assert.Equal(["clock", "dice"], client.Requests[0].Options!.Tools!.Select(tool => tool.Name));
    }

    [Fact]
    public async Task Run_RunLevelTool_PassesTheGateAndTheSchemaLikeTheAgents()
    {
        using var client = new ScriptedChatClient()
            .ThenCalls(ScriptedChatClient.Call("1", "note"), ScriptedChatClient.Call("2", "note", """{"text":"x"}"""), ScriptedChatClient.Call("3", "own", """{"text":"x"}"""))
            .ThenText("Done.");
        var gate = new RefusingGate();
        var agent = client.CreateAgent(tools: [Note("own")]);

        var updates = await agent.RunStreamingAsync("Hi", null, new AgentRunOptions { Tools = [Note("note")], Gate = gate }).ToListAsync();

        Assert.Empty(_ran);
        Assert.Equal(["note", "own"], gate.Names);
        Assert.Equal(
            [("1", ToolOutcome.InvalidArguments), ("2", ToolOutcome.Refused), ("3", ToolOutcome.Refused)],
            updates.OfType<AgentUpdate.ToolCallFinished>().Select(f => (f.CallId, f.Outcome)));
    }

    private AIFunction Tool(string name, string? says = null) => AIFunctionFactory.Create(() => Note(says ?? name, says ?? name), name);

    private AgentTool Note(string name) => AgentTool.Create((string text) => Note(name, text), name, new AgentToolOptions { Risk = ToolRisk.Write });

    private string Note(string what, string says)
    {
        lock (_ran)
        {
            _ran.Add(what);
        }

        return says;
    }

    private sealed class RefusingGate : IToolGate
    {
        public IReadOnlyList<string> Names { get; private set; } = [];

        public Task<IReadOnlyList<ToolVerdict>> ReviewAsync(IReadOnlyList<ToolRequest> requests, CancellationToken cancellationToken)
        {
            Names = [.. requests.Select(request => request.Name)];
            return Task.FromResult<IReadOnlyList<ToolVerdict>>([.. requests.Select(_ => new ToolVerdict.Refuse("Not now."))]);
        }

        public Task EndAsync(ToolRequest request, ToolOutcome outcome, TimeSpan duration, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
