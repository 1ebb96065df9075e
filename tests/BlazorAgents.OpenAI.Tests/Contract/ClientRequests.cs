using BlazorAgents.Agents;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Contract;

/// <summary>Every feature of a request that is the same for all our clients.</summary>
internal static class ClientRequests
{
    public static IReadOnlyList<ClientRequest> All { get; } =
    [
        new("text", Hi),
        new("instructions", Hi, new() { Instructions = "Be brief." }),
        new("model", Hi, new() { ModelId = "other" }),
        new("temperature", Hi, new() { Temperature = 0.5f }),
        new("top_p", Hi, new() { TopP = 0.25f }),
        new("token limit", Hi, new() { MaxOutputTokens = 300 }),
        new("store", Hi, Stored(true)),
        new("no store", Hi, Stored(false)),
        new("reasoning none", Hi, Thinking(ReasoningEffort.None)),
        new("reasoning low", Hi, Thinking(ReasoningEffort.Low)),
        new("reasoning medium", Hi, Thinking(ReasoningEffort.Medium)),
        new("reasoning high", Hi, Thinking(ReasoningEffort.High)),
        new("reasoning extra high", Hi, Thinking(ReasoningEffort.ExtraHigh)),
        new("text format", Hi, new() { ResponseFormat = ChatResponseFormat.Text }),
        new("JSON", Hi, new() { ResponseFormat = ChatResponseFormat.Json }),
        new("JSON schema", Hi, new() { ResponseFormat = ChatResponseFormat.ForJsonSchema<Weather>(schemaName: "weather", schemaDescription: "The weather.") }),
        new("JSON schema, not strict", Hi, new() { ResponseFormat = ChatResponseFormat.ForJsonSchema<Weather>(), AdditionalProperties = new() { ["strict"] = false } }),
        new("tool", Hi, Tools(null, Add)),
        new("tools, automatic", Hi, Tools(ChatToolMode.Auto, Add, Look)),
        new("tools, none", Hi, Tools(ChatToolMode.None, Add)),
        new("tools, required", Hi, Tools(ChatToolMode.RequireAny, Add)),
        new("tools, one required", Hi, Tools(ChatToolMode.RequireSpecific("add"), Add)),
        new("tools, one at a time", Hi, new() { Tools = [Add], AllowMultipleToolCalls = false }),
        new("tools, in parallel", Hi, new() { Tools = [Add, Look], AllowMultipleToolCalls = true }),
        new("pictures", [new(ChatRole.User, [new TextContent("Look"), new DataContent(new byte[] { 1, 2 }, "image/png") { AdditionalProperties = new() { ["detail"] = "low" } }, new UriContent("https://x.test/a.jpg", "image/jpeg")])]),
        new("files", [new(ChatRole.User, [new DataContent(new byte[] { 6 }, "application/pdf") { Name = "a.pdf" }, new DataContent("Grüße"u8.ToArray(), "text/plain") { Name = "a.txt" }, new HostedFileContent("file-1")])]),
        new("history", [new(ChatRole.System, "S"), new(ChatRole.User, "Q"), new(ChatRole.Assistant, "A"), new(ChatRole.User, "Q2")]),
        new("history with calls", HistoryWithCalls),
        new("history with thoughts and a refusal", [new(ChatRole.User, "Q"), new(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("A")]), new(ChatRole.User, "Q2"), new(ChatRole.Assistant, [RefusalText.Create("No.")]), new(ChatRole.User, "Q3")]),
    ];

    private static ChatMessage[] Hi => [new(ChatRole.User, "Hi")];

    private static ChatMessage[] HistoryWithCalls =>
    [
        new(ChatRole.User, "Q"),
        new(ChatRole.Assistant, [new TextContent("Let me see."), ScriptedChatClient.Call("call_a", "f", """{"x":1}"""), ScriptedChatClient.Call("call_b", "g", "{broken")]),
        new(ChatRole.Tool, [new FunctionResultContent("call_a", "text"), new FunctionResultContent("call_b", new { n = 1 })]),
        new(ChatRole.User, "And now?"),
    ];

    private static AIFunction Add => AIFunctionFactory.Create((int a, int b = 2) => a + b, "add", "Adds.");

    private static AIFunction Look => AIFunctionFactory.Create((string place, DayOfWeek? day, string[] tags) => place + day + tags.Length, "look");

    private static ChatOptions Stored(bool store)
    {
        var options = new ChatOptions();
        options.SetStore(store);
        return options;
    }

    private static ChatOptions Thinking(ReasoningEffort effort) => new() { Reasoning = new ReasoningOptions { Effort = effort, Output = ReasoningOutput.Summary } };

    private static ChatOptions Tools(ChatToolMode? mode, params AITool[] tools) => new() { ToolMode = mode, Tools = tools };

    private sealed record Weather(string Place, int Degrees = 20);
}
