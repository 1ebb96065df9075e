using System.ComponentModel;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests;

public sealed class ChatAgentTests
{
    [Fact]
    public async Task CreateAgent_ConsoleProgramOfTheGuide_AnswersThroughItsTool()
    {
        using var client = new ScriptedChatClient()
            .ThenCalls(ScriptedChatClient.Call("1", "get_weather", """{"location":"Seattle"}"""))
            .Then((request, ct) => ScriptedChatClient.Stream(ChatFinishReason.Stop, [new TextContent("It says: " + LastResult(request))], ct));

        [Description("Gets the weather for a place.")]
        static string GetWeather([Description("The place.")] string location) => $"The weather in {location} is sunny, 24 °C.";

        var agent = client.CreateAgent("WeatherAgent", "You are a helpful weather assistant.", [AIFunctionFactory.Create(GetWeather, "get_weather")]);
        var answer = await agent.RunAsync("What's the weather like in Seattle?");

        Assert.Equal("It says: The weather in Seattle is sunny, 24 °C.", $"{answer}");
        Assert.Equal("You are a helpful weather assistant.", client.Requests[0].Options!.Instructions);
        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], answer.Messages.Select(m => m.Role));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    public async Task Run_EmptyInput_Throws(string text)
    {
        using var client = new ScriptedChatClient();

        await Assert.ThrowsAsync<ArgumentException>(() => client.CreateAgent().RunAsync(text));
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.CreateAgent().RunStreamingAsync(text).ToListAsync());

        Assert.Empty(client.Requests);
    }

    [Fact]
    public async Task Run_ImageWithoutText_IsSent()
    {
        using var client = new ScriptedChatClient().ThenText("A cat.");

        var answer = await client.CreateAgent().RunAsync([new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])]);

        Assert.Equal("A cat.", answer.Text);
    }

    [Fact]
    public async Task RunStreaming_PlainAnswer_YieldsStepTextUsageFinished()
    {
        using var client = new ScriptedChatClient().Then(
            ChatFinishReason.Stop,
            new TextReasoningContent("Hm."),
            new TextContent("Hel"),
            new TextContent("lo"),
            new UsageContent(new UsageDetails { InputTokenCount = 7, OutputTokenCount = 3, CachedInputTokenCount = 2, ReasoningTokenCount = 1 }));

        var updates = await client.CreateAgent().RunStreamingAsync("Hi").ToListAsync();

        Assert.Equal(
            [
                new AgentUpdate.StepStarted(1),
                new AgentUpdate.ReasoningDelta("Hm."),
                new AgentUpdate.TextDelta("Hel"),
                new AgentUpdate.TextDelta("lo"),
                new AgentUpdate.UsageReported(7, 3, 2, 1),
                new AgentUpdate.Finished(AgentFinishReason.Completed, "scripted"),
            ],
            updates);
    }

    [Theory]
    [Trait("Id", "REL-06")]
    [InlineData("length", "Half an ans", AgentFinishReason.Length)]
    [InlineData("content_filter", "", AgentFinishReason.ContentFilter)]
    [InlineData("stop", "", AgentFinishReason.Empty)]
    public async Task RunStreaming_UnusualEnd_IsReported(string wireReason, string text, AgentFinishReason expected)
    {
        using var client = new ScriptedChatClient().Then(new ChatFinishReason(wireReason), new TextContent(text));

        var updates = await client.CreateAgent().RunStreamingAsync("Hi").ToListAsync();

        Assert.Equal(new AgentUpdate.Finished(expected, "scripted"), updates[^1]);
    }

    [Fact]
    public async Task Run_Refusal_IsTheAnswersText()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, RefusalText.Create("I cannot do that."));

        var answer = await client.CreateAgent().RunAsync("Hi");

        Assert.Equal(("I cannot do that.", AgentFinishReason.Completed), (answer.Text, answer.FinishReason));
    }

    [Fact]
    public async Task Run_WithoutThread_RemembersNothing()
    {
        using var client = new ScriptedChatClient().ThenText("Hello Alice").ThenText("No idea");
        var agent = client.CreateAgent();

        await agent.RunAsync("My name is Alice");
        await agent.RunAsync("What's my name?");

        Assert.Equal(["What's my name?"], client.Requests[1].Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Run_WithThread_SendsHistoryFirst()
    {
        using var client = new ScriptedChatClient().ThenText("Hello Alice").ThenText("Alice");
        var agent = client.CreateAgent();
        var thread = agent.GetNewThread();

        await agent.RunAsync("My name is Alice", thread);
        await agent.RunAsync("What's my name?", thread);

        Assert.Equal(["My name is Alice", "Hello Alice", "What's my name?"], client.Requests[1].Messages.Select(m => m.Text));
        Assert.Equal(4, (await thread.MessageStore!.GetMessagesAsync(default)).Count);
    }

    [Fact]
    public async Task Run_RunLevelOptions_WinOverTheAgents()
    {
        using var client = new ScriptedChatClient().ThenText("ok");
        var agent = new ChatAgent(client, new ChatAgentOptions { ModelId = "a", Temperature = 0.1f, MaxTokens = 10, TopP = 0.2f });

        await agent.RunAsync("Hi", runOptions: new AgentRunOptions { ModelId = "b", Temperature = 0.9f });

        var options = client.Requests[0].Options!;
        Assert.Equal(("b", 0.9f, 10, 0.2f), (options.ModelId, options.Temperature, options.MaxOutputTokens, options.TopP));
    }

    [Fact]
    public async Task Run_ServiceThread_SendsItsIdAndOnlyWhatIsNew()
    {
        using var client = new ScriptedChatClient()
            .Then((_, ct) => WithConversation("conv_2", ScriptedChatClient.Stream(ChatFinishReason.ToolCalls, [ScriptedChatClient.Call("1", "t")], ct)))
            .ThenText("done");
        var thread = new AgentThread("conv_1");

        await client.CreateAgent(tools: [AIFunctionFactory.Create(() => "r", "t")]).RunAsync("Hi", thread);

        Assert.Equal(["conv_1", "conv_2"], client.Requests.Select(r => r.Options!.ConversationId));
        Assert.Equal([ChatRole.Tool], client.Requests[1].Messages.Select(m => m.Role));
    }

    private static object? LastResult(ScriptedRequest request) =>
        request.Messages[^1].Contents.OfType<FunctionResultContent>().Last().Result;

    private static async IAsyncEnumerable<ChatResponseUpdate> WithConversation(string id, IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        await foreach (var update in updates)
        {
            update.ConversationId = id;
            yield return update;
        }
    }
}
