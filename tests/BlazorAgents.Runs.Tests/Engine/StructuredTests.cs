using System.Text.Json;
using BlazorAgents.Agents;
using BlazorAgents.Agents.Structured;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class StructuredTests
{
    private const string Valid = """{"name":"Ann"}""";

    private static readonly StructuredFormat s_format =
        StructuredFormat.FromSchema("person", JsonElement.Parse("""{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}"""));

    private static readonly RunsHostSettings s_settings = new() { ResponseFormat = s_format };

    [Fact]
    public async Task Run_OfAnAgentWithAForm_AsksForItAndKeepsTheJson()
    {
        await using var host = await RunsHost.StartAsync(s_settings);
        host.Model.ThenText(Valid);

        var (run, view) = await host.AskAsync("I am Ann");

        var format = Assert.IsType<ChatResponseFormatJson>(host.Model.Requests[0].Options!.ResponseFormat);
        Assert.Equal("person", format.SchemaName);
        Assert.Equal((RunStatus.Completed, Valid), (view.State.Status, view.Text()));
        Assert.Equal([new ItemPayload.Text(Valid)], await host.StoredItemsAsync(run.RunId));
    }

    [Fact]
    public async Task Run_CorrectedByTheModel_KeepsOnlyTheCorrection()
    {
        await using var host = await RunsHost.StartAsync(s_settings);
        var gate = new Gate();
        host.Model.ThenText("""{"name":1234567}""").ThenGated(gate, """{"name":""", "\"Ann\"}");

        var run = await host.SendAsync("I am Ann");
        var view = await host.ViewAsync(run);
        await gate.ReachedAsync();
        await view.UntilAsync(v => v.Text() == """{"name":""");
        gate.Open();
        await view.UntilEndedAsync();

        Assert.Equal((RunStatus.Completed, Valid), (view.State.Status, view.Text()));
        Assert.Equal(1, Assert.Single(view.Items).Restarts);
        Assert.Equal([new ItemPayload.Text(Valid)], await host.StoredItemsAsync(run.RunId));
        Assert.Contains("must be a string", host.Model.Requests[1].Messages[^1].Text, StringComparison.Ordinal);

        host.Model.ThenText(Valid);
        await host.AskAsync("And again", run.ConversationId);
        Assert.Equal(["I am Ann", Valid, "And again"], host.Model.Requests[2].Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task Run_NeverValid_FailsAndKeepsTheLastText()
    {
        await using var host = await RunsHost.StartAsync(s_settings);
        host.Model.ThenText("{}").ThenText("{}").ThenText("""{"name":7}""");

        var (run, view) = await host.AskAsync();

        Assert.Equal((RunStatus.Failed, nameof(AgentErrorKind.BadResponse)), (view.State.Status, view.State.ErrorKind));
        Assert.Contains("form that was asked for", view.State.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal([new ItemPayload.Text("""{"name":7}""")], await host.StoredItemsAsync(run.RunId));
    }

    [Fact]
    public async Task Run_Refused_IsAnAnswer()
    {
        await using var host = await RunsHost.StartAsync(s_settings);
        host.Model.Then(ChatFinishReason.Stop, RefusalText.Create("I cannot do that."));

        var (_, view) = await host.AskAsync();

        Assert.Equal((RunStatus.Completed, "I cannot do that."), (view.State.Status, view.Text()));
    }

    [Fact]
    public async Task Continue_OfHalfAnAnswer_WritesItAnew()
    {
        await using var host = await RunsHost.StartAsync(s_settings);
        host.Model.Then(ChatFinishReason.Length, new TextContent("""{"name":"A"""));
        var (run, view) = await host.AskAsync("I am Ann");
        Assert.True(view.State.CanContinue);

        host.Model.ThenText(Valid);
        await host.Runs.ContinueAsync(RunsHost.User, run.RunId);
        view = await host.EndAsync(run);

        Assert.Equal((RunStatus.Completed, Valid), (view.State.Status, view.Text()));
        Assert.Equal([new ItemPayload.Text(Valid)], await host.StoredItemsAsync(run.RunId));
        Assert.Equal(["I am Ann"], host.Model.Requests[1].Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task Continue_AfterATool_KeepsItsResult()
    {
        await using var host = await RunsHost.StartAsync(s_settings with { Tools = [AIFunctionFactory.Create(() => "Ann", "find_name")] });
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "find_name")).Then(ChatFinishReason.Length, new TextContent("""{"name":"A"""));
        var (run, _) = await host.AskAsync("Who am I?");

        host.Model.ThenText(Valid);
        await host.Runs.ContinueAsync(RunsHost.User, run.RunId);
        var view = await host.EndAsync(run);

        Assert.Equal(RunStatus.Completed, view.State.Status);
        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.User], host.Model.Requests[2].Messages.Select(message => message.Role));
        Assert.Equal(RunExecution.RewriteInstruction, host.Model.Requests[2].Messages[^1].Text);
        Assert.Equal(Valid, string.Concat((await host.StoredItemsAsync(run.RunId)).OfType<ItemPayload.Text>().Select(text => text.Content)));
    }
}
