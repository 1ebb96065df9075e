using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class AnswerTests
{
    [Fact]
    public async Task Run_StreamedToTheEnd_StoresWhatItsReadersSaw()
    {
        await using var host = await RunsHost.StartAsync();
        var gate = new Gate();
        host.Model.ThenGated(gate, "Hello, ", "world.");

        var run = await host.SendAsync("Greet me");
        var view = await host.ViewAsync(run);
        await gate.ReachedAsync();
        await view.UntilAsync(v => v.Text() == "Hello, ");
        Assert.Equal(RunStatus.Running, view.State.Status);
        Assert.True(view.Items.Single().IsOpen);
        gate.Open();
        await view.UntilEndedAsync();

        Assert.Equal((RunStatus.Completed, "Completed", "scripted"), (view.State.Status, view.State.FinishReason, view.State.ModelId));
        Assert.False(view.Items.Single().IsOpen);
        Assert.Equal([new ItemPayload.Text("Hello, world.")], await host.StoredItemsAsync(run.RunId));
        var stored = await host.StoredAsync(run.RunId);
        Assert.Equal(RunStatus.Completed, stored.Status);
        Assert.Null(stored.LeaseUntil);
        Assert.NotNull(stored.StartedAt);
        Assert.NotNull(stored.EndedAt);
        Assert.True(await host.Database.ReadAsync(c => c.Items.AllAsync(i => i.IsComplete)));
    }

    [Fact]
    public async Task Run_ReasoningAndText_StoredInOrderWithUsage()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.Then(
            ChatFinishReason.Stop,
            new TextReasoningContent("Hm, "),
            new TextReasoningContent("yes."),
            new TextContent("Yes."),
            new UsageContent(new UsageDetails { InputTokenCount = 7, OutputTokenCount = 5 }));

        var (run, view) = await host.AskAsync();

        Assert.Equal([new ItemPayload.Reasoning("Hm, yes."), new ItemPayload.Text("Yes.")], await host.StoredItemsAsync(run.RunId));
        Assert.Equal((7L, 5L), (view.State.InputTokens, view.State.OutputTokens));
        var stored = await host.StoredAsync(run.RunId);
        Assert.Equal((7L, 5L), (stored.InputTokens, stored.OutputTokens));
    }

    [Fact]
    public async Task Run_FailedBeforeText_IsFailedWithTheProvidersReason()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenFault(new AgentException(AgentErrorKind.Authentication, "The key was refused. Check it."));

        var (run, view) = await host.AskAsync();

        Assert.Equal((RunStatus.Failed, "Authentication", "The key was refused. Check it."), (view.State.Status, view.State.ErrorKind, view.State.ErrorMessage));
        Assert.False(view.State.CanContinue);
        Assert.Equal("The key was refused. Check it.", (await host.StoredAsync(run.RunId)).ErrorMessage);
    }

    [Fact]
    public async Task Run_UnknownException_ShowsACorrelationIdAndNothingOfTheException()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenFault(new InvalidOperationException("secret-connection-string"), new TextContent("Partial"));

        var (run, view) = await host.AskAsync();

        Assert.Equal(RunStatus.Failed, view.State.Status);
        Assert.False(string.IsNullOrWhiteSpace(view.State.CorrelationId));
        Assert.DoesNotContain("secret", view.State.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("Partial", view.Text());
        var stored = await host.StoredAsync(run.RunId);
        Assert.Equal(view.State.CorrelationId, stored.CorrelationId);
        Assert.DoesNotContain("secret", stored.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(host.Log.Entries, e => e.Message.Contains(stored.CorrelationId!, StringComparison.Ordinal) && e.Exception is InvalidOperationException);
    }

    [Theory]
    [Trait("Id", "REL-06")]
    [InlineData("length", "Half of", "Length", true)]
    [InlineData("content_filter", "", "ContentFilter", false)]
    [InlineData("stop", "", "Empty", false)]
    public async Task Rel06_UnusualEnd_IsStoredAsSuch(string providerReason, string text, string reason, bool canContinue)
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.Then(new ChatFinishReason(providerReason), new TextContent(text));

        var (run, view) = await host.AskAsync();

        Assert.Equal((RunStatus.Completed, reason, canContinue), (view.State.Status, view.State.FinishReason, view.State.CanContinue));
        Assert.Equal(reason, (await host.StoredAsync(run.RunId)).FinishReason);
    }

    [Fact]
    public async Task Run_AgentRemoved_FailsWithAPlainReason()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenText("One.");
        var (run, _) = await host.AskAsync();
        await host.Database.WriteAsync(c => c.Conversations.ExecuteUpdateAsync(s => s.SetProperty(x => x.AgentId, "gone")));

        var (_, view) = await host.AskAsync("Again", run.ConversationId);

        Assert.Equal(RunStatus.Failed, view.State.Status);
        Assert.Contains("agent no longer exists", view.State.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ReaderThatThrows_DoesNotHarmTheAnswer()
    {
        await using var host = await RunsHost.StartAsync();
        var gate = new Gate();
        host.Model.ThenGated(gate, "Hello, ", "world.");
        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);
        await gate.ReachedAsync();
        using var broken = view.Subscribe(() => throw new InvalidOperationException("A closed circuit."));
        using var brokenList = host.Conversations.Subscribe(RunsHost.User, () => throw new InvalidOperationException("A closed circuit."));
        gate.Open();
        await view.UntilEndedAsync();

        Assert.Equal((RunStatus.Completed, "Hello, world."), (view.State.Status, view.Text()));
        host.Model.ThenText("Next.");
        Assert.Equal("Next.", (await host.AskAsync("More", run.ConversationId)).View.Text());
    }
}
