using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class CutOffTests
{
    private static readonly AgentException s_reset =
        new(AgentErrorKind.Unavailable, "The connection to the model broke. Continue, or ask again.") { BrokeMidStream = true };

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Rel03_ResetInMidStream_KeepsThePartAndContinuesInTheSameText()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenFault(s_reset, new TextContent("Once upon "));
        var (run, view) = await host.AskAsync("Tell a story");

        Assert.Equal((RunStatus.Interrupted, s_reset.Message, true), (view.State.Status, view.State.ErrorMessage, view.State.CanContinue));
        Assert.Equal([new ItemPayload.Text("Once upon ")], await host.StoredItemsAsync(run.RunId));
        Assert.Single(host.Model.Requests);

        host.Model.ThenText("a time.");
        var continued = await host.Runs.ContinueAsync(RunsHost.User, run.RunId);
        view = await host.EndAsync(continued);

        Assert.Equal(run, continued);
        Assert.Equal(RunStatus.Completed, view.State.Status);
        Assert.Null(view.State.ErrorMessage);
        Assert.Equal([new ItemPayload.Text("Once upon a time.")], await host.StoredItemsAsync(run.RunId));
        var sent = host.Model.Requests[1].Messages;
        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.User], sent.Select(m => m.Role));
        Assert.Equal(["Tell a story", "Once upon ", RunExecution.ContinueInstruction], sent.Select(m => m.Text));
    }

    [Theory]
    [Trait("Id", "REL-03")]
    [InlineData(AgentErrorKind.Timeout, RunStatus.Interrupted)]
    [InlineData(AgentErrorKind.Unavailable, RunStatus.Interrupted)]
    [InlineData(AgentErrorKind.RateLimited, RunStatus.Interrupted)]
    [InlineData(AgentErrorKind.ContextTooLong, RunStatus.Failed)]
    public async Task Rel03_FaultAfterVisibleText_CanBeContinuedWhereThatMayHelp(AgentErrorKind kind, RunStatus status)
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenFault(new AgentException(kind, "It failed."), new TextContent("Some text"));

        var (_, view) = await host.AskAsync();

        Assert.Equal((status, "Some text"), (view.State.Status, view.Text()));
    }

    [Fact]
    public async Task Continue_OnlyReasoningCameBefore_AnswersTheMessageItself()
    {
        await using var host = await RunsHost.StartAsync();
        var gate = new Gate();
        host.Model.Then((_, ct) => ThinkAsync(gate, ct));
        var run = await host.SendAsync("What is 6 x 7?");
        await gate.ReachedAsync();
        await host.Runs.StopAsync(RunsHost.User, run.RunId);
        await host.EndAsync(run);

        host.Model.ThenText("42");
        await host.Runs.ContinueAsync(RunsHost.User, run.RunId);
        var view = await host.EndAsync(run);

        Assert.Equal(["What is 6 x 7?"], host.Model.Requests[1].Messages.Select(m => m.Text));
        Assert.Equal("42", view.Text());
    }

    [Fact]
    public async Task Continue_AtTheMomentOfTheEnd_IsCarriedOutInTheViewThatItOpened()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.Otherwise = (_, ct) => Testing.Fakes.ScriptedChatClient.Stream(ChatFinishReason.Length, [new TextContent("x")], ct);
        var (run, _) = await host.AskAsync();

        // Each round asks as soon as the end is visible, while the engine still tidies up after the round before.
        for (var round = 0; round < 20; round++)
        {
            await host.Runs.ContinueAsync(RunsHost.User, run.RunId);
            await host.EndAsync(run);
        }

        Assert.Equal(new ItemPayload.Text(new string('x', 21)), Assert.Single(await host.StoredItemsAsync(run.RunId)));
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Rel03_ContinuedLater_IsTimedFromItsOwnBeginning()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenFault(s_reset, new TextContent("Once "));
        var (run, cutOff) = await host.AskAsync();

        host.Model.ThenText("upon");
        await host.Runs.ContinueAsync(RunsHost.User, run.RunId);
        var view = await host.EndAsync(run);

        Assert.True(view.State.StartedAt >= cutOff.State.EndedAt);
        Assert.Equal(view.State.StartedAt, (await host.StoredAsync(run.RunId)).StartedAt);
    }

    [Fact]
    [Trait("Id", "REL-20")]
    public async Task Rel20_ContinueTwiceAtOnce_IsOneContinuation()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenFault(s_reset, new TextContent("Once "));
        var (run, _) = await host.AskAsync();
        var gate = new Gate();
        host.Model.ThenGated(gate, "upon");

        var both = await Task.WhenAll(host.Runs.ContinueAsync(RunsHost.User, run.RunId), host.Runs.ContinueAsync(RunsHost.User, run.RunId));
        await gate.ReachedAsync();
        gate.Open();
        var view = await host.EndAsync(run);

        Assert.All(both, started => Assert.Equal(run, started));
        Assert.Equal("Once upon", view.Text());
        Assert.Equal(2, host.Model.Requests.Count);
    }

    [Fact]
    public async Task Continue_CompletedAnswer_IsRefused()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenText("Done.");
        var (run, _) = await host.AskAsync();

        var refused = await Assert.ThrowsAsync<RunRequestException>(() => host.Runs.ContinueAsync(RunsHost.User, run.RunId));

        Assert.Equal(RunRequestError.Invalid, refused.Error);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> ThinkAsync(
        Gate gate, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("Let me see")]);
        await gate.PassAsync(cancellationToken);
    }
}
