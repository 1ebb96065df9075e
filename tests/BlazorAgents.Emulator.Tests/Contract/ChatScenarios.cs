using System.Net;
using BlazorAgents.Emulator.Scripted;
using BlazorAgents.Emulator.Tests.Demo;
using OpenAI.Chat;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Chat completions.</summary>
internal static class ChatScenarios
{
    private const string Path = "chat/completions";

    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        new("chat: the SDK, plain, with every option", PlainAsync),
        new("chat: the SDK, streamed", StreamedAsync),
        new("chat: the SDK, tools and their results", ToolsAsync),
        new("chat: the SDK, structured output", StructuredAsync),
        new("chat: pictures", PicturesAsync),
        new("chat: parallel calls, streamed", ParallelCallsAsync),
        new("chat: cut off by its limit", LimitAsync),
        new("chat: wrong requests", WrongAsync),
        new("chat: reasoning, tools and errors of a script", ScriptedAsync) { Brain = Script },
    ];

    private static async Task PlainAsync(ContractSession session)
    {
        var options = new ChatCompletionOptions
        {
            Temperature = 0.5f, TopP = 0.5f, MaxOutputTokenCount = 500, FrequencyPenalty = 0.5f, PresencePenalty = 0.5f, EndUserId = "u",
            StoredOutputEnabled = false, ReasoningEffortLevel = ChatReasoningEffortLevel.Low, Seed = 7, ResponseFormat = ChatResponseFormat.CreateTextFormat(),
        };
        options.StopSequences.Add("END");
        options.Metadata["a"] = "b";

        var answer = await session.Sdk.GetChatClient("demo-model").CompleteChatAsync([new SystemChatMessage("Be brief."), new UserChatMessage("What is 2+2?")], options);

        Assert.Contains("4", answer.Value.Content[0].Text, StringComparison.Ordinal);
        await session.PostAsync(Path, EmulatorClient.Ask("Hello").ToJsonString());
    }

    private static async Task StreamedAsync(ContractSession session)
    {
        var text = "";
        await foreach (var update in session.Sdk.GetChatClient("demo-model").CompleteChatStreamingAsync(new UserChatMessage("Tell me a story")))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        Assert.NotEqual("", text);
        await session.PostAsync(Path, EmulatorClient.Ask("Hello", stream: true).ToJsonString());
    }

    private static async Task ToolsAsync(ContractSession session)
    {
        var client = session.Sdk.GetChatClient("demo-model");
        var options = new ChatCompletionOptions { AllowParallelToolCalls = true, ToolChoice = ChatToolChoice.CreateAutoChoice() };
        options.Tools.Add(ChatTool.CreateFunctionTool("get_weather", "Get the current weather for a given location.",
            BinaryData.FromString("""{"type":"object","properties":{"location":{"type":"string"}},"required":["location"]}"""), false));
        List<ChatMessage> messages = [new UserChatMessage("What is the weather in Paris?")];

        var asked = (await client.CompleteChatAsync(messages, options)).Value;
        messages.Add(new AssistantChatMessage(asked));
        messages.Add(new ToolChatMessage(Assert.Single(asked.ToolCalls).Id, """{"temperature":21}"""));
        var answer = (await client.CompleteChatAsync(messages, options)).Value;

        Assert.Contains("21", answer.Content[0].Text, StringComparison.Ordinal);
    }

    private static async Task StructuredAsync(ContractSession session)
    {
        var schema = BinaryData.FromString("""{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false}""");
        var options = new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("person", schema, "A person.", true) };

        var answer = (await session.Sdk.GetChatClient("demo-model").CompleteChatAsync([new UserChatMessage("My name is Ada Lovelace.")], options)).Value;

        Assert.StartsWith("{", answer.Content[0].Text, StringComparison.Ordinal);
    }

    private static async Task PicturesAsync(ContractSession session)
    {
        var message = new UserChatMessage(
            ChatMessageContentPart.CreateTextPart("What is this?"),
            ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(new byte[] { 1, 2, 3 }), "image/png", ChatImageDetailLevel.Low),
            ChatMessageContentPart.CreateImagePart(new Uri("https://x.test/a.png")));

        Assert.NotEmpty((await session.Sdk.GetChatClient("demo-model").CompleteChatAsync(message)).Value.Content);
    }

    private static async Task ParallelCallsAsync(ContractSession session)
    {
        var ask = EmulatorClient.Ask("weather and time in Paris", stream: true);
        ask["tools"] = DemoTools.Json(DemoTools.Weather, DemoTools.TimeIn);

        Assert.Contains("\"index\":1", await session.PostAsync(Path, ask.ToJsonString()), StringComparison.Ordinal);
    }

    private static async Task LimitAsync(ContractSession session)
    {
        var ask = EmulatorClient.Ask("Tell me a story");
        ask["max_completion_tokens"] = 5;

        Assert.Contains("\"length\"", await session.PostAsync(Path, ask.ToJsonString()), StringComparison.Ordinal);
    }

    private static async Task WrongAsync(ContractSession session)
    {
        await session.PostAsync(Path, "{", HttpStatusCode.BadRequest);
        await session.PostAsync(Path, """{"model":"demo-model","messages":"x"}""", HttpStatusCode.BadRequest);
        await session.PostAsync(Path, """{"model":"other","messages":[{"role":"user","content":"x"}]}""", HttpStatusCode.NotFound);
        await session.GetAsync(Path, HttpStatusCode.MethodNotAllowed);
    }

    private static async Task ScriptedAsync(ContractSession session)
    {
        foreach (var stream in new[] { true, false })
        {
            await session.PostAsync(Path, EmulatorClient.Ask("one", stream).ToJsonString());
        }

        await session.PostAsync(Path, EmulatorClient.Ask("two").ToJsonString(), HttpStatusCode.TooManyRequests);
        await session.PostAsync(Path, EmulatorClient.Ask("three").ToJsonString(), HttpStatusCode.InternalServerError);
    }

    private static ScriptedProvider Script()
    {
        var provider = new ScriptedProvider();
        foreach (var _ in new[] { 1, 2 })
        {
            provider.Enqueue(ScriptedReply.Stream().Reasoning("Let me see.").Text("Well: ").ToolCall("call_1", "f", """{"x":1}""").Usage(3, 4).Finish());
        }

        provider.Enqueue(ScriptedReply.RateLimited(3));
        provider.Enqueue(ScriptedReply.Error(500));
        return provider;
    }
}
