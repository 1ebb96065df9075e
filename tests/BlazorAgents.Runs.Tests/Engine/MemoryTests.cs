using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Engine;

/// <summary>Where the agent's memory lives: in the database, at the provider, in this process, nowhere.</summary>
public sealed class MemoryTests
{
    private static readonly ConversationConnection s_atProvider = new() { ClientType = "Responses", Memory = ConversationMemory.Provider };

    [Fact]
    public async Task Provider_SecondMessage_SendsOnlyWhatIsNew()
    {
        await using var host = await RunsHost.StartAsync();
        Answer(host, "resp_1");
        Answer(host, "resp_2");

        var first = await AskAsync(host, "One", s_atProvider);
        await host.AskAsync("Two", first.ConversationId);

        Assert.Equal(["One"], Texts(host.Model.Requests[0]));
        Assert.Null(host.Model.Requests[0].Options!.ConversationId);
        Assert.True(host.Model.Requests[0].Options.GetStore());
        Assert.Equal(["Two"], Texts(host.Model.Requests[1]));
        Assert.Equal("resp_1", host.Model.Requests[1].Options!.ConversationId);
    }

    [Fact]
    public async Task Provider_AfterARestart_GoesOnWithTheStoredThread()
    {
        using var folder = new TempFolder();
        Guid conversation;
        await using (var host = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder }))
        {
            Answer(host, "conv_1");
            conversation = (await AskAsync(host, "One", s_atProvider)).ConversationId;
        }

        await using var later = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder });
        Answer(later, "conv_1");
        await later.AskAsync("Two", conversation);

        Assert.Equal(("conv_1", "Two"), (later.Model.Requests[0].Options!.ConversationId, Assert.Single(Texts(later.Model.Requests[0]))));
    }

    [Fact]
    public async Task Provider_AnotherAnswerOfTheSameMessage_IsNotAddedToALinearThread()
    {
        await using var host = await RunsHost.StartAsync();
        Answer(host, "conv_1");
        Answer(host, "conv_1");
        Answer(host, "conv_2");
        var first = await AskAsync(host, "One", s_atProvider);
        var (second, _) = await host.AskAsync("Two", first.ConversationId);

        await host.EndAsync(await host.Runs.RegenerateAsync(RunsHost.User, second.RunId, Guid.NewGuid()));

        Assert.Null(host.Model.Requests[2].Options!.ConversationId);
        Assert.Equal(["One", "Answer in conv_1", "Two"], Texts(host.Model.Requests[2]));
    }

    [Fact]
    public async Task Provider_ChainOfAnswers_BranchesAtTheAnswerBefore()
    {
        await using var host = await RunsHost.StartAsync();
        Answer(host, "resp_1");
        Answer(host, "resp_2");
        Answer(host, "resp_3");
        var first = await AskAsync(host, "One", s_atProvider);
        var (second, _) = await host.AskAsync("Two", first.ConversationId);

        await host.EndAsync(await host.Runs.RegenerateAsync(RunsHost.User, second.RunId, Guid.NewGuid()));

        Assert.Equal(("resp_1", "Two"), (host.Model.Requests[2].Options!.ConversationId, Assert.Single(Texts(host.Model.Requests[2]))));
    }

    [Fact]
    public async Task Provider_AnswerThatBrokeOff_IsNotForgottenByTheNext()
    {
        await using var host = await RunsHost.StartAsync();
        Answer(host, "resp_1");
        host.Model.ThenFault(new AgentException(AgentErrorKind.Unavailable, "Gone.") { BrokeMidStream = true }, new TextContent("Half an"));
        Answer(host, "resp_9");
        var first = await AskAsync(host, "One", s_atProvider);
        await host.AskAsync("Two", first.ConversationId);

        await host.AskAsync("Three", first.ConversationId);

        Assert.Null(host.Model.Requests[2].Options!.ConversationId);
        Assert.Equal(["One", "Answer in resp_1", "Two", "Half an", "Three"], Texts(host.Model.Requests[2]));
    }

    [Fact]
    public async Task Provider_ThreadIsGone_SaysSoAndTryingAgainSendsEverything()
    {
        await using var host = await RunsHost.StartAsync();
        Answer(host, "resp_1");
        host.Model.ThenFault(new AgentException(AgentErrorKind.ThreadNotFound, "Unknown previous response."));
        Answer(host, "resp_9");
        var first = await AskAsync(host, "One", s_atProvider);

        var (lost, view) = await host.AskAsync("Two", first.ConversationId);
        Assert.Equal((RunStatus.Failed, "ThreadNotFound"), (view.State.Status, view.State.ErrorKind));
        Assert.Contains("try again", view.State.ErrorMessage, StringComparison.Ordinal);
        await host.EndAsync(await host.Runs.RegenerateAsync(RunsHost.User, lost.RunId, Guid.NewGuid()));

        Assert.Null(host.Model.Requests[2].Options!.ConversationId);
        Assert.Equal(["One", "Answer in resp_1", "Two"], Texts(host.Model.Requests[2]));
    }

    [Fact]
    public async Task Connection_SwitchedBackAndForth_KeepsTheWholeConversation()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenText("Answer here");
        Answer(host, "conv_1");
        host.Model.ThenText("Answer here again");
        var (first, _) = await host.AskAsync("One");

        await host.Conversations.SetConnectionAsync(RunsHost.User, first.ConversationId, s_atProvider, modelId: null);
        await host.AskAsync("Two", first.ConversationId);
        await host.Conversations.SetConnectionAsync(
            RunsHost.User, first.ConversationId, new ConversationConnection { ProviderId = Guid.NewGuid().ToString(), ClientType = "Chat" }, "other");
        await host.AskAsync("Three", first.ConversationId);

        Assert.Equal(["One", "Answer here", "Two"], Texts(host.Model.Requests[1]));
        Assert.Equal(["One", "Answer here", "Two", "Answer in conv_1", "Three"], Texts(host.Model.Requests[2]));
        Assert.Equal(["Default", "Responses", "Chat"], host.Connections.Opened.Select(connection => connection.ClientType ?? "Default"));
        Assert.False(host.Model.Requests[2].Options.GetStore());
    }

    [Fact]
    public async Task None_EachMessage_IsSentByItself()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenText("First").ThenText("Second");

        var first = await AskAsync(host, "One", new ConversationConnection { Memory = ConversationMemory.None });
        await host.AskAsync("Two", first.ConversationId);

        Assert.Equal(["Two"], Texts(host.Model.Requests[1]));
    }

    [Fact]
    public async Task Process_AfterARestart_ForgetsWhatWasSaidBefore()
    {
        using var folder = new TempFolder();
        var time = new ManualTimeProvider();
        Guid conversation;
        await using (var host = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, Time = time }))
        {
            host.Model.ThenText("First").ThenText("Second");
            conversation = (await AskAsync(host, "One", new ConversationConnection { Memory = ConversationMemory.Process })).ConversationId;
            await host.AskAsync("Two", conversation);
            Assert.Equal(["One", "First", "Two"], Texts(host.Model.Requests[1]));
        }

        time.Advance(TimeSpan.FromMinutes(1));
        await using var later = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, Time = time });
        later.Model.ThenText("Third").ThenText("Fourth");
        await later.AskAsync("Three", conversation);
        await later.AskAsync("Four", conversation);

        Assert.Equal(["Three"], Texts(later.Model.Requests[0]));
        Assert.Equal(["Three", "Third", "Four"], Texts(later.Model.Requests[1]));
    }

    [Fact]
    public async Task Connection_ThatCannotWork_IsRefusedWithTheReasonAndNothingIsStored()
    {
        await using var host = await RunsHost.StartAsync();
        host.Connections.Problem = "Memory: Chat Completions keeps nothing at the provider.";
        host.Model.ThenText("First");
        var (first, _) = await host.AskAsync("One");

        var refusal = await Assert.ThrowsAsync<RunRequestException>(
            () => host.Conversations.SetConnectionAsync(RunsHost.User, first.ConversationId, s_atProvider, modelId: null));
        await Assert.ThrowsAsync<RunRequestException>(
            () => host.Runs.StartAsync(RunsHost.Request("Two") with { Connection = new ConversationConnection { HostedTools = ["rm"] } }));

        Assert.Equal((RunRequestError.Invalid, host.Connections.Problem), (refusal.Error, refusal.Message));
        Assert.Equal(ConversationConnection.Default, (await host.Conversations.GetAsync(RunsHost.User, first.ConversationId)).Connection);
    }

    [Fact]
    public async Task HostedTools_SwitchedOn_AreOfferedAndTheirCallsAndSourcesStored()
    {
        await using var host = await RunsHost.StartAsync();
        var call = new HostedToolCall("ci_1", HostedToolKind.CodeInterpreter) { Input = "print(" };
        var done = call with { Input = "print(1)", Status = HostedToolStatus.Completed, Outputs = [new HostedToolOutput.Text("1")] };
        var source = new CitationAnnotation { Title = "Example", Url = new Uri("https://example.com/") };
        host.Model.Then(
            ChatFinishReason.Stop,
            new HostedToolContent(call),
            new HostedToolContent(done),
            new TextContent("It is "),
            new TextContent("") { Annotations = [source] },
            new TextContent("one."),
            new TextContent("") { Annotations = [source] });

        var run = await AskAsync(host, "Run it", new ConversationConnection { ClientType = "Responses", HostedTools = [HostedToolNames.CodeInterpreter] });
        var view = await host.ViewAsync(run);

        Assert.IsType<HostedCodeInterpreterTool>(Assert.Single(host.Model.Requests[0].Options!.Tools!));
        var stored = await host.StoredItemsAsync(run.RunId);
        Assert.Equal("print(1)", Assert.IsType<ItemPayload.HostedTool>(stored[0]).Input);
        Assert.Equal("It is one.", Assert.Single(stored.OfType<ItemPayload.Text>()).Content);
        Assert.Equal(new ItemPayload.Source("Example", "https://example.com/", null, null), Assert.Single(stored.OfType<ItemPayload.Source>()));
        var shown = Assert.Single(view.Items, item => item.Kind is RunItemKind.HostedTool).Hosted!;
        Assert.Equal((HostedToolStatus.Completed, new HostedToolOutput.Text("1")), (shown.Status, Assert.Single(shown.Outputs)));
    }

    [Fact]
    public async Task HostedTool_AnswerBreaksOff_IsShownAsCutOff()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenFault(
            new AgentException(AgentErrorKind.Unavailable, "Gone.") { BrokeMidStream = true },
            new HostedToolContent(new HostedToolCall("ws_1", HostedToolKind.WebSearch) { Input = "news" }));

        var run = await AskAsync(host, "Search", new ConversationConnection { ClientType = "Responses" });
        var live = (await host.ViewAsync(run)).Items.Single(item => item.Kind is RunItemKind.HostedTool).Hosted!;

        Assert.Equal(HostedToolStatus.Failed, live.Status);
        Assert.Equal("Failed", Assert.IsType<ItemPayload.HostedTool>((await host.StoredItemsAsync(run.RunId))[0]).Status);
    }

    private static async Task<StartedRun> AskAsync(RunsHost host, string text, ConversationConnection connection)
    {
        var run = await host.Runs.StartAsync(RunsHost.Request(text) with { Connection = connection });
        await host.EndAsync(run);
        return run;
    }

    /// <summary>The next answer comes with the provider's id of the thread.</summary>
    private static void Answer(RunsHost host, string threadId) => host.Model.Then((_, _) => AnswerAsync(threadId));

    private static async IAsyncEnumerable<ChatResponseUpdate> AnswerAsync(string threadId)
    {
        await Task.Yield();
        yield return new ChatResponseUpdate(ChatRole.Assistant, $"Answer in {threadId}") { ConversationId = threadId };
        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { ConversationId = threadId, FinishReason = ChatFinishReason.Stop };
    }

    private static List<string> Texts(ScriptedRequest request) => [.. request.Messages.Select(message => message.Text)];
}
