using BlazorAgents.Agents;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Engine;

/// <summary>The guide's tools by role: the same agent, other tools.</summary>
public sealed class GrantTests
{
    private readonly List<string> _ran = [];

    [Theory]
    [InlineData(Roles.User, new[] { "look" })]
    [InlineData(Roles.Approver, new[] { "look", "cancel" })]
    [InlineData(Roles.Admin, new[] { "look", "cancel", "restock" })]
    public async Task Run_RoleOfTheRequester_DecidesWhichToolsTheModelSees(string role, string[] expected)
    {
        await using var host = await StartAsync(role);
        host.Model.ThenText("Hi.");

        await host.AskAsync();

        Assert.Equal(expected, host.Model.Requests[0].Options!.Tools!.Select(tool => tool.Name));
    }

    [Fact]
    [Trait("Id", "REL-07")]
    public async Task Rel07_ToolThatIsNotGranted_DoesNotExistEvenIfTheModelNamesIt()
    {
        await using var host = await StartAsync(Roles.User);
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "restock")).ThenText("I cannot.");

        var (_, view) = await host.AskAsync();

        Assert.Empty(_ran);
        var tool = view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!;
        Assert.Equal(ToolOutcome.UnknownTool, tool.Outcome);
        Assert.DoesNotContain("cancel", tool.Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ToolSwitchedOff_IsGone()
    {
        await using var host = await StartAsync(Roles.Admin);
        await host.Database.WriteAsync(c => Task.FromResult(c.ToolSettings.Add(new ToolSetting { AgentId = RunsHost.Agent, ToolName = "cancel", IsEnabled = false })));
        host.Model.ThenText("Hi.");

        await host.AskAsync();

        Assert.Equal(["look", "restock"], host.Model.Requests[0].Options!.Tools!.Select(tool => tool.Name));
    }

    [Fact]
    public async Task Run_RoleTakenAwayWhileACallWaits_CallIsNotCarriedOut()
    {
        await using var host = await StartAsync(Roles.Admin, gated: true);
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "restock")).ThenText("I cannot.");
        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval);

        await host.Database.WriteAsync(async context =>
        {
            await context.UserRoles.ExecuteDeleteAsync();
            (await context.Runs.FindAsync(run.RunId))!.Status = RunStatus.Queued;
        });
        host.Get<RunQueue>().Enqueue(run.RunId);
        await view.UntilEndedAsync();

        Assert.Empty(_ran);
        Assert.Equal("I cannot.", view.Text());
    }

    [Fact]
    public async Task Run_DisabledAccount_Fails()
    {
        await using var host = await StartAsync(Roles.User);
        await host.Database.WriteAsync(async c => (await c.Users.SingleAsync(u => u.Id == RunsHost.User)).DisabledAt = DateTimeOffset.UtcNow);

        var (_, view) = await host.AskAsync();

        Assert.Equal((RunStatus.Failed, "Authentication"), (view.State.Status, view.State.ErrorKind));
        Assert.Empty(host.Model.Requests);
    }

    private async Task<RunsHost> StartAsync(string role, bool gated = false)
    {
        AIFunction restock = Tool("restock", Roles.Admin);
        var host = await RunsHost.StartAsync(new RunsHostSettings
        {
            Tools = [Tool("look", null), Tool("cancel", Roles.Approver), gated ? new ApprovalRequiredAIFunction(restock) : restock],
        });
        await host.Database.WriteAsync(context =>
        {
            context.Roles.Add(new IdentityRole { Id = role, Name = role, NormalizedName = role });
            context.UserRoles.Add(new IdentityUserRole<string> { UserId = RunsHost.User, RoleId = role });
            return Task.CompletedTask;
        });
        return host;
    }

    private AgentTool Tool(string name, string? role) => AgentTool.Create(() => _ran.Add(name), name, new AgentToolOptions { MinimumRole = role });
}
