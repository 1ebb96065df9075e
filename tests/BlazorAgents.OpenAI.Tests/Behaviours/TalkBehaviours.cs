using BlazorAgents.Agents;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>Questions and answers.</summary>
internal static class TalkBehaviours
{
    // A red dot of one pixel.
    private static readonly byte[] s_png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    public static IReadOnlyList<Behaviour> All { get; } =
    [
        new("Whole answers", "a question is answered", AnswerAsync),
        new("Streaming", "an answer streams", StreamAsync),
        new("Instructions", "instructions reach the model", InstructAsync),
        new("Usage", "tokens are counted", CountAsync),
        new("Images in questions", "an image of the sender reaches the model", SendImageAsync),
        new("Images in questions", "the address of an image reaches the model", LinkImageAsync),
        new("Structured output", "an answer is a value", ExtractAsync),
        new("Structured output", "a value grows while it streams", StreamValueAsync),
    ];

    private static async Task AnswerAsync(BehaviourStage stage)
    {
        using var client = stage.CreateClient();

        var answer = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "What is 17 * 23?")]).WaitAsync(BehaviourStage.Patience);

        Assert.Contains("391", answer.Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    private static async Task StreamAsync(BehaviourStage stage)
    {
        var updates = await stage.CreateAgent().RunStreamingAsync("Show me a showcase of Markdown.").ToListAsync().AsTask().WaitAsync(BehaviourStage.Patience);

        Assert.True(updates.OfType<AgentUpdate.TextDelta>().Count() > 10);
        Assert.Contains("```", string.Concat(updates.OfType<AgentUpdate.TextDelta>().Select(u => u.Text)), StringComparison.Ordinal);
        Assert.Equal(AgentFinishReason.Completed, Assert.IsType<AgentUpdate.Finished>(updates[^1]).Reason);
    }

    private static async Task InstructAsync(BehaviourStage stage)
    {
        const string question = "When are you open?";
        await using var agent = stage.CreateClient().CreateAgent("Shop", "You are the support agent of PageTurner Books, an online bookstore.");

        var instructed = await agent.RunAsync(question).WaitAsync(BehaviourStage.Patience);
        var plain = await stage.CreateAgent().RunAsync(question).WaitAsync(BehaviourStage.Patience);

        Assert.Contains("PageTurner", instructed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("PageTurner", plain.Text, StringComparison.Ordinal);
    }

    private static async Task CountAsync(BehaviourStage stage)
    {
        var answer = await stage.CreateAgent().RunAsync("Hello").WaitAsync(BehaviourStage.Patience);

        Assert.True(answer.Usage.InputTokenCount > 0);
        Assert.True(answer.Usage.OutputTokenCount > 0);
    }

    private static Task SendImageAsync(BehaviourStage stage) => AskAboutAsync(stage, new DataContent(s_png, "image/png") { Name = "dot.png" });

    private static Task LinkImageAsync(BehaviourStage stage) => AskAboutAsync(stage, new UriContent("https://pictures.test/boardwalk.jpg", "image/jpeg"));

    private static async Task AskAboutAsync(BehaviourStage stage, AIContent image)
    {
        var answer = await stage.CreateAgent()
            .RunAsync([new ChatMessage(ChatRole.User, [new TextContent("What is in this image?"), image])]).WaitAsync(BehaviourStage.Patience);

        Assert.Contains("1 image", answer.Text, StringComparison.Ordinal);
    }

    private static async Task ExtractAsync(BehaviourStage stage)
    {
        var answer = await stage.CreateAgent().RunAsync<Contact>(Contact.Text).WaitAsync(BehaviourStage.Patience);

        Assert.Equal(Contact.JohnSmith, answer.Value);
    }

    private static async Task StreamValueAsync(BehaviourStage stage)
    {
        var updates = await stage.CreateAgent().RunStreamingAsync<Contact>(Contact.Text).ToListAsync().AsTask().WaitAsync(BehaviourStage.Patience);

        Assert.True(updates.Count(u => u.Update is AgentUpdate.TextDelta) > 1);
        Assert.True(updates[^1].HasValue);
        Assert.Equal(Contact.JohnSmith, updates[^1].Value);
    }
}
