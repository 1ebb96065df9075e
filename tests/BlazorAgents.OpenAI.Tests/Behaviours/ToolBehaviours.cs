using System.Collections.Concurrent;
using BlazorAgents.Agents;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>Functions of this application that a model calls.</summary>
internal static class ToolBehaviours
{
    public static IReadOnlyList<Behaviour> All { get; } =
    [
        new("Functions as tools", "a tool's result is in the answer", CallAsync),
        new("Functions as tools", "a tool that throws does not end the run", FailAsync),
        new("Several tools at once", "tools run in parallel", CallInParallelAsync),
        new("Approval of functions", "a function waits for its approval", ApproveAsync),
    ];

    /// <summary>The guide's weather tool.</summary>
    public static AIFunction Weather(Func<string, Task<string>> find) =>
        AIFunctionFactory.Create((string location) => find(location), "get_weather", "Get the current weather for a location.");

    private static async Task CallAsync(BehaviourStage stage)
    {
        var places = new ConcurrentQueue<string>();
        var agent = stage.CreateAgent(Weather(place =>
        {
            places.Enqueue(place);
            return Task.FromResult($"The weather in {place} is sunny, 24 °C.");
        }));

        var updates = await agent.RunStreamingAsync("What's the weather like in Seattle?").ToListAsync().AsTask().WaitAsync(BehaviourStage.Patience);

        Assert.Equal(["Seattle"], places);
        Assert.Equal("get_weather", Assert.Single(updates.OfType<AgentUpdate.ToolCallStarted>()).Name);
        Assert.Equal(ToolOutcome.Succeeded, Assert.Single(updates.OfType<AgentUpdate.ToolCallFinished>()).Outcome);
        Assert.Contains("24 °C", string.Concat(updates.OfType<AgentUpdate.TextDelta>().Select(u => u.Text)), StringComparison.Ordinal);
    }

    private static async Task FailAsync(BehaviourStage stage)
    {
        var agent = stage.CreateAgent(Weather(_ => throw new InvalidOperationException("the secret reason")));

        var updates = await agent.RunStreamingAsync("What's the weather like in Seattle?").ToListAsync().AsTask().WaitAsync(BehaviourStage.Patience);

        var failed = updates.OfType<AgentUpdate.ToolCallFinished>().First();
        Assert.Equal(ToolOutcome.Failed, failed.Outcome);
        Assert.DoesNotContain("secret", failed.Result, StringComparison.Ordinal);
        Assert.IsType<AgentUpdate.Finished>(updates[^1]);
    }

    private static async Task CallInParallelAsync(BehaviourStage stage)
    {
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = 0;
        var agent = stage.CreateAgent(Weather(async place =>
        {
            if (Interlocked.Increment(ref running) == 2)
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(BehaviourStage.Patience); // each waits for the other
            return $"The weather in {place} is sunny, {(place == "Paris" ? 21 : 17)} °C.";
        }));

        var answer = await agent.RunAsync("What's the weather like in Paris and in London?", agent.GetNewThread()).WaitAsync(BehaviourStage.Patience);

        Assert.Contains("21", answer.Text, StringComparison.Ordinal);
        Assert.Contains("17", answer.Text, StringComparison.Ordinal);
    }

    private static async Task ApproveAsync(BehaviourStage stage)
    {
        var ran = 0;
        var function = Weather(place => Task.FromResult($"The weather in {place} is sunny, {20 + Interlocked.Increment(ref ran)} °C."));
        var agent = stage.CreateAgent(new ApprovalRequiredAIFunction(function));
        var thread = agent.GetNewThread();

        var asked = await agent.RunAsync("What's the weather like in Paris?", thread).WaitAsync(BehaviourStage.Patience);
        var ranUnapproved = ran;
        var yes = new ChatMessage(ChatRole.User, [asked.UserInputRequests.Single().CreateResponse(true)]);
        var approved = await agent.RunAsync([yes], thread).WaitAsync(BehaviourStage.Patience);

        Assert.Equal((0, 1), (ranUnapproved, ran));
        Assert.Contains("21 °C", approved.Text, StringComparison.Ordinal);
    }
}
