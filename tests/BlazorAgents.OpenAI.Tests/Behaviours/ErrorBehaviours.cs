using BlazorAgents.Agents;
using BlazorAgents.Agents.Pipeline;
using BlazorAgents.Emulator.Scripted;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Testing.Specification;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>Each kind of error, whatever the wire calls it. What failed can be sent again in the same thread.</summary>
internal static class ErrorBehaviours
{
    private const string Feature = "Errors of every kind, in plain words";
    private const string Html = "<!doctype html><title>Welcome</title><p>It works!</p>";

    public static IReadOnlyList<Behaviour> All { get; } =
    [
        Fault(AgentErrorKind.RateLimited, ScriptedReply.RateLimited(7), error => Assert.Equal(TimeSpan.FromSeconds(7), error.RetryAfter)),
        Fault(AgentErrorKind.Authentication, ScriptedReply.Error(401, "Incorrect API key provided.", "invalid_api_key")),
        Fault(AgentErrorKind.ModelNotFound, ScriptedReply.Error(404, "The model `gpt-0` does not exist or you do not have access to it.", "model_not_found")),
        Fault(AgentErrorKind.ContextTooLong, ScriptedReply.Error(400, "This model's maximum context length is 8192 tokens.", "context_length_exceeded")),
        Fault(AgentErrorKind.ContentFilter, ScriptedReply.Error(400, "The response was filtered.", "content_filter")),
        Fault(AgentErrorKind.Unavailable, ScriptedReply.Error(503, "The engine is currently overloaded.")),
        Fault(AgentErrorKind.BadResponse, ScriptedReply.Error(400, "Unknown parameter: 'surprise'.", "unknown_parameter"), error => Assert.Contains("surprise", error.Message, StringComparison.Ordinal)),
        new(Feature, "silence ends as Timeout", TimeOutAsync),
        new(Feature, "a connection cut in mid-answer is Unavailable", BreakAsync),
        new(Feature, "a server that is none of OpenAI's is BadResponse", MistakeAsync),
        new(Feature, "a server that is not there is Unavailable", MissAsync),
        new(Feature, "a server without the Assistants API is InterfaceRetired for who needs it", OutliveAsync),
    ];

    private static Behaviour Fault(AgentErrorKind kind, ScriptedReply reply, Action<AgentException>? check = null) =>
        new(Feature, $"a refusal of the provider is {kind}", stage => FailOnceAsync(stage, kind, reply, check));

    private static async Task FailOnceAsync(BehaviourStage stage, AgentErrorKind kind, ScriptedReply reply, Action<AgentException>? check)
    {
        var branch = await stage.BranchAsync(new StageOptions { Brain = new FaultyModel(reply) });
        var agent = branch.CreateAgent();
        var thread = agent.GetNewThread();

        var error = await FailAsync(agent, kind, thread);
        check?.Invoke(error);

        await AssertGoesOnAsync(agent, thread);
    }

    private static async Task TimeOutAsync(BehaviourStage stage)
    {
        var time = new ManualTimeProvider();
        var model = new FaultyModel(ScriptedReply.Stream().Stall());
        var branch = await stage.BranchAsync(new StageOptions { Brain = model, Time = time });
        var agent = branch.CreateAgent();
        var thread = agent.GetNewThread();

        var failing = FailAsync(agent, AgentErrorKind.Timeout, thread);
        await model.AskedAsync().WaitAsync(BehaviourStage.Patience);
        time.Advance(new StallOptions().BeforeFirstUpdate);
        await failing;

        await AssertGoesOnAsync(agent, thread);
    }

    private static async Task BreakAsync(BehaviourStage stage)
    {
        var cutter = new CuttingHandler();
        var branch = await stage.BranchAsync(new StageOptions { Wrap = cutter.Around });
        var agent = branch.CreateAgent();
        var thread = agent.GetNewThread();

        var error = await FailAsync(agent, AgentErrorKind.Unavailable, thread, "Show me a showcase of Markdown.");

        Assert.True(error.BrokeMidStream);
        await AssertGoesOnAsync(agent, thread);
    }

    private static async Task MistakeAsync(BehaviourStage stage)
    {
        var branch = await stage.BranchAsync(new StageOptions
        {
            Brain = new FaultyModel(ScriptedReply.Body(200, Html, "text/html"), isWholeServer: true),
            Checks = ContractChecks.Requests,
        });

        await FailAsync(branch.CreateAgent(), AgentErrorKind.BadResponse);
    }

    private static async Task MissAsync(BehaviourStage stage)
    {
        var branch = await stage.BranchAsync(new StageOptions());
        await branch.Server.DisposeAsync();

        var error = await FailAsync(branch.CreateAgent(), AgentErrorKind.Unavailable);

        Assert.Contains("refused", error.Message, StringComparison.Ordinal);
    }

    private static async Task OutliveAsync(BehaviourStage stage)
    {
        var branch = await stage.BranchAsync(new StageOptions { ServesAssistants = false });
        var agent = branch.CreateAgent();
        if (stage.Type != ClientType.AssistantsApi)
        {
            await AssertGoesOnAsync(agent, agent.GetNewThread());
            return;
        }

        var error = await FailAsync(agent, AgentErrorKind.InterfaceRetired);
        Assert.Contains("2026-08-26", error.Message, StringComparison.Ordinal);
    }

    private static async Task<AgentException> FailAsync(ChatAgent agent, AgentErrorKind kind, AgentThread? thread = null, string question = "What is 17 * 23?")
    {
        var error = await Assert.ThrowsAnyAsync<AgentException>(() => agent.RunAsync(question, thread).WaitAsync(BehaviourStage.Patience));
        Assert.Equal(kind, error.Kind);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        return error;
    }

    private static async Task AssertGoesOnAsync(ChatAgent agent, AgentThread thread)
    {
        var answer = await agent.RunAsync("What is 17 * 23?", thread).WaitAsync(BehaviourStage.Patience);

        Assert.Contains("391", answer.Text, StringComparison.Ordinal);
    }
}
