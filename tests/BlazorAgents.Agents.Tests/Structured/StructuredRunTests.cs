using System.Text.Json;
using BlazorAgents.Agents.Structured;
using BlazorAgents.Agents.Tests.Threads;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.Structured;

public sealed class StructuredRunTests
{
    private const string Text = "Please add John Smith to my contacts. His email is john.smith@example.com and he works at TechCorp. His phone number is 555-0123.";
    private const string Json = """{"name":"John Smith","email":"john.smith@example.com","phone":"555-0123","company":"TechCorp"}""";
    private const string WithoutEmail = """{"name":"John Smith"}""";
    private const string MissingEmail = "\"email\" is required and missing.";
    private static readonly ContactInfo s_john = new("John Smith", "john.smith@example.com", "555-0123", "TechCorp");

    [Fact]
    public async Task Run_ContactOfTheGuide_GivesItsValue()
    {
        using var client = new ScriptedChatClient().ThenText(Json[..20], Json[20..]);
        var agent = client.CreateAgent(instructions: "Extract contact information from the user's message.");

        var result = await agent.RunAsync<ContactInfo>(Text);

        Assert.Equal(s_john, result.Value);
        Assert.Equal((Json, AgentFinishReason.Completed), (result.Text, result.FinishReason));
        var format = Assert.IsType<ChatResponseFormatJson>(Assert.Single(client.Requests).Options!.ResponseFormat);
        Assert.Equal(("contact_info", "Structured contact information."), (format.SchemaName, format.SchemaDescription));
        Assert.Equal(StructuredFormat.For<ContactInfo>().WireSchema.GetRawText(), format.Schema!.Value.GetRawText());
    }

    [Fact]
    public async Task Run_InvalidTwice_FeedsTheErrorsBackAndForgetsTheDrafts()
    {
        using var client = new ScriptedChatClient().ThenText(WithoutEmail).ThenText("Sorry!").ThenText(Json);
        var agent = client.CreateAgent();
        var thread = agent.GetNewThread();

        var result = await agent.RunAsync<ContactInfo>(Text, thread);

        Assert.Equal(s_john, result.Value);
        Assert.Equal(
            [Text, WithoutEmail, $"Your answer does not fit the required form:\n- {MissingEmail}\nAnswer again with the whole corrected JSON and nothing else."],
            client.Requests[1].Messages.Select(message => message.Text));
        Assert.Equal(
            "Your answer does not fit the required form:\n- It contains no JSON.\nAnswer again with the whole corrected JSON and nothing else.",
            client.Requests[2].Messages[^1].Text);
        Assert.Equal(5, client.Requests[2].Messages.Count);
        Assert.Equal(Json, result.Text);
        Assert.Equal([Text, Json], (await thread.MessageStore!.GetMessagesAsync(default)).Select(message => message.Text));
    }

    [Fact]
    public async Task Run_InvalidThreeTimes_FailsWithTheRawText()
    {
        using var client = new ScriptedChatClient().ThenText("{}").ThenText("{}").ThenText(WithoutEmail);

        var failure = await Assert.ThrowsAsync<StructuredOutputException>(() => client.CreateAgent().RunAsync<ContactInfo>(Text));

        Assert.Equal((StructuredProblem.Invalid, AgentErrorKind.BadResponse, WithoutEmail), (failure.Problem, failure.Kind, failure.RawText));
        Assert.Equal([MissingEmail], failure.Errors);
        Assert.DoesNotContain("John", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, client.Requests.Count);
    }

    [Fact]
    public async Task Run_WithTools_CallsThemFirst()
    {
        using var client = new ScriptedChatClient()
            .Then(ChatFinishReason.ToolCalls, new TextContent("Let me look {that} up."), ScriptedChatClient.Call("1", "find_email", "{}"))
            .ThenText(Json);

        var result = await client.CreateAgent(tools: [AIFunctionFactory.Create(() => "john.smith@example.com", "find_email")]).RunAsync<ContactInfo>(Text);

        Assert.Equal(s_john, result.Value);
        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], result.Messages.Select(message => message.Role));
        Assert.All(client.Requests, request => Assert.IsType<ChatResponseFormatJson>(request.Options!.ResponseFormat));
    }

    [Fact]
    public async Task Run_RepairOnAServiceThread_SendsOnlyTheFeedback()
    {
        using var client = new ThreadKeepingClient().ThenText("conv_1", "{}").ThenText("conv_1", Json);

        await client.CreateAgent().RunAsync<ContactInfo>(Text, new AgentThread("conv_1"));

        Assert.StartsWith("Your answer does not fit", Assert.Single(client.Script.Requests[1].Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UsageOfRepairs_IsCounted()
    {
        static AIContent Usage(int tokens) => new UsageContent(new UsageDetails { InputTokenCount = tokens });
        using var client = new ScriptedChatClient()
            .Then(ChatFinishReason.Stop, new TextContent("{}"), Usage(10))
            .Then(ChatFinishReason.Stop, new TextContent(Json), Usage(20));

        var result = await client.CreateAgent().RunAsync<ContactInfo>(Text);

        Assert.Equal(30, result.Usage.InputTokenCount);
    }

    [Fact]
    public async Task Run_Refused_IsNoFormatFault()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, RefusalText.Create("I cannot help with that."));

        var failure = await Assert.ThrowsAsync<StructuredOutputException>(() => client.CreateAgent().RunAsync<ContactInfo>(Text));

        Assert.Equal((StructuredProblem.Refused, "I cannot help with that."), (failure.Problem, failure.RawText));
        Assert.Single(client.Requests);
    }

    [Theory]
    [InlineData("length", "{\"name\":\"Jo", StructuredProblem.Truncated, AgentErrorKind.BadResponse)]
    [InlineData("content_filter", "{\"name\":\"Jo", StructuredProblem.Filtered, AgentErrorKind.ContentFilter)]
    [InlineData("stop", "", StructuredProblem.Empty, AgentErrorKind.BadResponse)]
    public async Task Run_CutShort_SaysHow(string reason, string text, StructuredProblem problem, AgentErrorKind kind)
    {
        using var client = new ScriptedChatClient().Then(new ChatFinishReason(reason), new TextContent(text));

        var failure = await Assert.ThrowsAsync<StructuredOutputException>(() => client.CreateAgent().RunAsync<ContactInfo>(Text));

        Assert.Equal((problem, kind, text), (failure.Problem, failure.Kind, failure.RawText));
        Assert.Single(client.Requests);
    }

    [Fact]
    public async Task Run_ToolLimitBeforeTheAnswer_SaysSo()
    {
        using var client = new ScriptedChatClient { Otherwise = (_, ct) => ScriptedChatClient.Stream(ChatFinishReason.ToolCalls, [ScriptedChatClient.Call("1", "t")], ct) };
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create(() => "again", "t")]);

        var failure = await Assert.ThrowsAsync<StructuredOutputException>(() => agent.RunAsync<ContactInfo>(Text));

        Assert.Equal(StructuredProblem.ToolLimit, failure.Problem);
    }

    [Fact]
    public async Task Run_OfASchema_GivesJson()
    {
        using var client = new ScriptedChatClient().ThenText("""{"a":1}""");
        var format = StructuredFormat.FromSchema("numbers", JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}"""));

        var result = await client.CreateAgent().RunAsync<JsonElement>("one", runOptions: new AgentRunOptions { ResponseFormat = format });

        Assert.Equal(1, result.Value.GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task Run_JsonWithoutAForm_IsRefused()
    {
        using var client = new ScriptedChatClient();

        await Assert.ThrowsAsync<ArgumentException>(() => client.CreateAgent().RunAsync<JsonElement>("one"));
        Assert.Empty(client.Requests);
    }

    [Fact]
    public async Task Run_AgentWithAForm_ChecksEveryAnswer()
    {
        using var client = new ScriptedChatClient().ThenText("[]").ThenText(Json).ThenText(Json);
        var agent = new ChatAgent(client, new ChatAgentOptions { ResponseFormat = StructuredFormat.For<ContactInfo>() });

        Assert.Equal(Json, (await agent.RunAsync(Text)).Text);
        Assert.Equal("John Smith", (await agent.RunAsync<JsonElement>(Text)).Value.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Stream_MeetingOfTheGuide_GrowsToItsValue()
    {
        const string Meeting = """{"date":"next Tuesday","time":"2 PM","attendees":["Alice Johnson","Bob Chen"],"topic":"Q4 roadmap","location":"Conference Room B"}""";
        using var client = new ScriptedChatClient().ThenText([.. Meeting.Select(character => character.ToString())]);

        var partials = new List<string>();
        StructuredUpdate<MeetingExtraction>? last = null;
        await foreach (var update in client.CreateAgent().RunStreamingAsync<MeetingExtraction>("Let's schedule a project review meeting"))
        {
            Assert.False(last is { HasValue: true });
            last = update;
            if (update.Update is AgentUpdate.TextDelta)
            {
                partials.Add(update.PartialJson!);
            }
        }

        Assert.Equal("{}", partials[0]);
        Assert.Contains("""{"date":"next Tuesday","time":"2 PM","attendees":["Ali"]}""", partials);
        Assert.Equal(Meeting, partials[^1]);
        Assert.IsType<AgentUpdate.Finished>(last!.Update);
        Assert.Equal(("Q4 roadmap", 2), (last.Value!.Topic, last.Value.Attendees.Count));
    }

    [Fact]
    public async Task Stream_ARepair_StartsAnew()
    {
        using var client = new ScriptedChatClient().ThenText("{\"name\":\"Wrong\"}").ThenText(Json);

        var seen = new List<string>();
        await foreach (var update in client.CreateAgent().RunStreamingAsync<ContactInfo>(Text))
        {
            seen.Add(update.Update switch
            {
                AgentUpdate.AnswerRejected rejected => $"rejected {rejected.Round}: {string.Join(' ', rejected.Errors)} {update.PartialJson}",
                AgentUpdate.TextDelta => update.PartialJson!,
                var other => other.GetType().Name,
            });
        }

        Assert.Equal(["StepStarted", "{\"name\":\"Wrong\"}", $"rejected 1: {MissingEmail} ", "StepStarted", Json, "Finished"], seen);
    }

    [Fact]
    public async Task Stream_AList_IsShownWithoutItsWrapper()
    {
        using var client = new ScriptedChatClient().ThenText("{\"value\":[\"a\",\"b", "c\"]}");

        var updates = new List<StructuredUpdate<string[]>>();
        await foreach (var update in client.CreateAgent().RunStreamingAsync<string[]>("letters"))
        {
            _ = update.PartialJson;
            updates.Add(update);
        }

        Assert.Equal(["[\"a\",\"b\"]", "[\"a\",\"bc\"]"], updates.Where(update => update.Update is AgentUpdate.TextDelta).Select(update => update.PartialJson));
        Assert.Equal(["a", "bc"], updates[^1].Value!);
    }

    [Fact]
    public async Task Stream_Refused_ShowsTheRefusalBeforeItFails()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, RefusalText.Create("No."));
        var said = "";

        var failure = await Assert.ThrowsAsync<StructuredOutputException>(async () =>
        {
            await foreach (var update in client.CreateAgent().RunStreamingAsync<ContactInfo>(Text))
            {
                said += (update.Update as AgentUpdate.TextDelta)?.Text;
            }
        });

        Assert.Equal(("No.", StructuredProblem.Refused), (said, failure.Problem));
    }
}
