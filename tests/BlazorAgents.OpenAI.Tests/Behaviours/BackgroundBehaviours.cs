using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>Answers that the server goes on writing when nobody listens.</summary>
internal static class BackgroundBehaviours
{
    private static readonly ChatMessage[] s_question = [new(ChatRole.User, "What is 17 * 23?")];

    public static IReadOnlyList<Behaviour> All { get; } =
    [
        new("Answers in the background", "an answer in the background is fetched elsewhere", FetchAsync) { LimitOf = LimitOf },
        new("Answers in the background", "a broken stream of a background answer is taken up again", TakeUpAsync) { LimitOf = LimitOf },
    ];

    /// <summary>The abstractions allow to answer at once instead, and so it is done.</summary>
    private static Limit? LimitOf(ClientType type) => type is ClientType.Responses or ClientType.Assistants ? null : new Limit(
        $"The {(type == ClientType.Chat ? "Chat client" : "Assistants API")} has no answers in the background: they come at once, and a stream that breaks is lost.")
    {
        ShowAsync = AnswerAtOnceAsync,
    };

    private static async Task AnswerAtOnceAsync(BehaviourStage stage)
    {
        using var client = stage.CreateClient();

        var answer = await client.GetResponseAsync(s_question, new ChatOptions { AllowBackgroundResponses = true }).WaitAsync(BehaviourStage.Patience);

        Assert.Null(answer.ContinuationToken);
        Assert.Contains("391", answer.Text, StringComparison.Ordinal);
    }

    private static async Task FetchAsync(BehaviourStage stage)
    {
        using var first = stage.CreateClient();
        using var second = stage.CreateClient();

        var begun = await first.GetResponseAsync(s_question, new ChatOptions { AllowBackgroundResponses = true }).WaitAsync(BehaviourStage.Patience);
        Assert.NotNull(begun.ContinuationToken);
        var token = ResponseContinuationToken.FromBytes(begun.ContinuationToken.ToBytes());
        var answer = await second.GetStreamingResponseAsync([], new ChatOptions { ContinuationToken = token }).ToChatResponseAsync().WaitAsync(BehaviourStage.Patience);

        Assert.Contains("391", answer.Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    private static async Task TakeUpAsync(BehaviourStage stage)
    {
        ChatMessage[] question = [new(ChatRole.User, "Show me a showcase of Markdown.")];
        using var client = stage.CreateClient();
        var whole = (await client.GetStreamingResponseAsync(question).ToChatResponseAsync().WaitAsync(BehaviourStage.Patience)).Text;
        var cutter = new CuttingHandler();
        var branch = await stage.BranchAsync(new StageOptions { Wrap = cutter.Around });
        using var cutClient = branch.CreateClient();

        var answer = await cutClient.GetStreamingResponseAsync(question, new ChatOptions { AllowBackgroundResponses = true }).ToChatResponseAsync().WaitAsync(BehaviourStage.Patience);

        Assert.Equal(1, cutter.Cuts);
        Assert.Equal(whole, answer.Text);
    }
}
