using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Assistants;

public sealed class AssistantsApiStreamTests
{
    private const string Step =
        ",\"object\":\"thread.run.step\",\"created_at\":1,\"run_id\":\"run_1\",\"assistant_id\":\"asst_1\",\"thread_id\":\"thread_1\",\"type\":\"tool_calls\",\"metadata\":{}";

    private readonly AssistantsServer _server = new();

    [Fact]
    public async Task CodeInterpreter_IsShownAsItIsWrittenAndKept()
    {
        _server.Then(
            Delta("""{"index":0,"id":"ci_1","type":"code_interpreter","code_interpreter":{"input":"print(","outputs":[]}}"""),
            Delta("""{"index":0,"type":"code_interpreter","code_interpreter":{"input":"1)"}}"""),
            Delta("""{"index":0,"type":"code_interpreter","code_interpreter":{"outputs":[{"index":0,"type":"logs","logs":"1"}]}}"""),
            Done("completed", """{"id":"ci_1","type":"code_interpreter","code_interpreter":{"input":"print(1)","outputs":[{"type":"logs","logs":"1"},{"type":"image","image":{"file_id":"file_9"}}]}}"""),
            AssistantsServer.Text("It is 1."),
            ("thread.run.completed", AssistantsServer.Completed));

        var (updates, answer) = await RunAsync();

        var calls = updates.OfType<AgentUpdate.HostedToolChanged>().Select(u => u.Call).ToList();
        Assert.Equal(["print(", "print(1)", "print(1)", "print(1)"], calls.Select(c => c.Input));
        Assert.All(calls, c => Assert.Equal(("ci_1", HostedToolKind.CodeInterpreter), (c.CallId, c.Kind)));
        Assert.Equal((HostedToolStatus.Running, HostedToolStatus.Completed), (calls[2].Status, calls[3].Status));
        Assert.Equal(
            [new HostedToolOutput.Text("1"), new HostedToolOutput.File("file_9", null, null)], calls[3].Outputs);
        var contents = answer.SelectMany(m => m.Contents).ToList();
        Assert.Equal("print(1)", System.Text.Encoding.UTF8.GetString(
            ((DataContent)contents.OfType<CodeInterpreterToolCallContent>().Single().Inputs!.Single()).Data.Span));
        var outputs = contents.OfType<CodeInterpreterToolResultContent>().Single().Outputs!;
        Assert.Equal("1", Assert.IsType<TextContent>(outputs[0]).Text);
        Assert.Equal("file_9", Assert.IsType<HostedFileContent>(outputs[1]).FileId);
    }

    [Fact]
    public async Task FileSearch_ItsPassagesAndCitations_ComeThrough()
    {
        _server.Then(
            Done("completed", """{"id":"fs_1","type":"file_search","file_search":{"ranking_options":{"ranker":"auto","score_threshold":0.0},"results":[{"file_id":"file_1","file_name":"fees.pdf","score":0.5,"content":[{"type":"text","text":"Ten euros."}]}]}}"""),
            AssistantsServer.Text("Ten euros 【1】."),
            ("thread.message.delta", """{"id":"msg_1","object":"thread.message.delta","delta":{"content":[{"index":0,"type":"text","text":{"annotations":[{"index":0,"type":"file_citation","text":"【1】","start_index":10,"end_index":13,"file_citation":{"file_id":"file_1"}}]}}]}}"""),
            ("thread.run.completed", AssistantsServer.Completed));

        var (updates, answer) = await RunAsync();

        var call = updates.OfType<AgentUpdate.HostedToolChanged>().Single().Call;
        Assert.Equal((HostedToolKind.FileSearch, HostedToolStatus.Completed), (call.Kind, call.Status));
        Assert.Equal(new HostedToolOutput.Passage("file_1", "fees.pdf", 0.5, "Ten euros."), call.Outputs.Single());
        var citation = updates.OfType<AgentUpdate.CitationAdded>().Single().Citation;
        var region = Assert.IsType<TextSpanAnnotatedRegion>(citation.AnnotatedRegions!.Single());
        Assert.Equal(("file_1", 10, 13), (citation.FileId, region.StartIndex, region.EndIndex));
        Assert.Equal("Ten euros.", answer.SelectMany(m => m.Contents).OfType<FileSearchToolResultContent>().Single().Passages.Single().Value);
    }

    [Fact]
    public async Task HostedStep_ThatFailed_SaysWhy()
    {
        _server.Then(
            ("thread.run.step.failed", "{\"id\":\"step_1\"" + Step + ",\"status\":\"failed\",\"last_error\":{\"code\":\"server_error\",\"message\":\"crashed\"},\"step_details\":{\"type\":\"tool_calls\",\"tool_calls\":["
                + """{"id":"ci_1","type":"code_interpreter","code_interpreter":{"input":"x","outputs":[]}}""" + "]}}"),
            AssistantsServer.Text("Sorry."),
            ("thread.run.completed", AssistantsServer.Completed));

        var (updates, _) = await RunAsync();

        var call = updates.OfType<AgentUpdate.HostedToolChanged>().Single().Call;
        Assert.Equal((HostedToolStatus.Failed, "crashed"), (call.Status, call.Error));
    }

    [Fact]
    public async Task FunctionSteps_AreNoHostedTools()
    {
        _server.Then(
            Delta("""{"index":0,"id":"c1","type":"function","function":{"name":"t","arguments":"","output":null}}"""),
            Delta("""{"index":0,"type":"function","function":{"arguments":"{}"}}"""),
            Done("completed", """{"id":"c1","type":"function","function":{"name":"t","arguments":"{}","output":"r"}}"""),
            AssistantsServer.Text("Done."),
            ("thread.run.completed", AssistantsServer.Completed));

        var (updates, answer) = await RunAsync();

        Assert.Empty(updates.OfType<AgentUpdate.HostedToolChanged>());
        Assert.Equal("Done.", string.Concat(answer.Select(m => m.Text)));
    }

    [Fact]
    public async Task RefusalsAndPictures_OfAMessage_AreRead()
    {
        _server.Then(
            ("thread.message.delta", """{"id":"msg_1","object":"thread.message.delta","delta":{"content":[{"index":0,"type":"image_file","image_file":{"file_id":"file_5"}},{"index":1,"type":"refusal","refusal":"No."}]}}"""),
            ("thread.run.completed", AssistantsServer.Completed));

        var (updates, answer) = await RunAsync();

        Assert.Equal("No.", updates.OfType<AgentUpdate.TextDelta>().Single().Text);
        Assert.Equal("file_5", answer.SelectMany(m => m.Contents).OfType<HostedFileContent>().Single().FileId);
    }

    [Fact]
    public async Task UnknownEvents_AreSkipped()
    {
        _server.Then(("thread.something.new", "{}"), AssistantsServer.Text("ok"), ("thread.run.completed", AssistantsServer.Completed));

        var (_, answer) = await RunAsync();

        Assert.Equal("ok", answer.Single().Text);
    }

    private static (string Event, string Data) Delta(string call) => (
        "thread.run.step.delta",
        "{\"id\":\"step_1\",\"object\":\"thread.run.step.delta\",\"delta\":{\"step_details\":{\"type\":\"tool_calls\",\"tool_calls\":[" + call + "]}}}");

    private static (string Event, string Data) Done(string status, string call) => (
        "thread.run.step.completed",
        "{\"id\":\"step_1\"" + Step + ",\"status\":\"" + status + "\",\"step_details\":{\"type\":\"tool_calls\",\"tool_calls\":[" + call + "]}}");

    private async Task<(List<AgentUpdate> Updates, IReadOnlyList<ChatMessage> Answer)> RunAsync()
    {
        using var client = _server.CreateClient();
        var store = new InMemoryChatMessageStore();
        var updates = await client.CreateAgent().RunStreamingAsync("Hi", new AgentThread(store)).ToListAsync();
        return (updates, [.. (await store.GetMessagesAsync(default)).Skip(1)]);
    }
}
