using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Tools;

/// <summary>What people may choose, and what of a choice is kept.</summary>
public sealed class ToolChoiceTests
{
    private static readonly Actor s_user = new(RunsHost.User, "Rita", Roles.Admin); // what the sign-in says; the database decides

    [Theory]
    [InlineData(Roles.User, new[] { "look", "+clock", "+pay" })]
    [InlineData(Roles.Approver, new[] { "look", "cancel", "+clock", "+report", "+pay" })]
    [InlineData(Roles.Admin, new[] { "look", "cancel", "restock", "+clock", "+report", "+pay" })]
    public async Task List_RoleAndSettings_DecideWhatIsOffered(string role, string[] expected)
    {
        await using var desk = await ToolDesk.StartAsync(role);

        var offers = await desk.Grants.ListAsync(s_user, RunsHost.Agent);
        await desk.SwitchOffAsync("clock");
        await desk.SwitchOffAsync("look");
        var later = await desk.Grants.ListAsync(s_user, RunsHost.Agent);

        Assert.Equal(expected, offers.Select(Word));
        Assert.Equal(expected.Except(["look", "+clock"]), later.Select(Word));
    }

    [Fact]
    public async Task List_AccountOrAgentIsGone_IsRefused()
    {
        await using var desk = await ToolDesk.StartAsync();
        await Assert.ThrowsAsync<RunRequestException>(() => desk.Grants.ListAsync(s_user, "nobody"));
        await desk.Host.Database.WriteAsync(c => c.Users.Where(u => u.Id == RunsHost.User).ExecuteUpdateAsync(s => s.SetProperty(u => u.DisabledAt, DateTimeOffset.UtcNow)));

        var refusal = await Assert.ThrowsAsync<RunRequestException>(() => desk.Grants.ListAsync(s_user, RunsHost.Agent));

        Assert.Contains("disabled", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Id", "BLZ-04")]
    [InlineData("Added tools", "nothing", "nothing")]
    [InlineData("Added tools", "report", "report")] // an approver's
    [InlineData("Added tools", "restock", "restock")] // the agent's own is an administrator's, whoever may have the other of this name
    [InlineData("Added tools", "cancel", "cancel")]
    [InlineData("Added tools", "off", "off")]
    [InlineData("Added tools", "", "one of them")]
    [InlineData("Added tools", "<b>x</b>", "one of them")]
    [InlineData("Left-out tools", "nothing", "nothing")]
    [InlineData("Left-out tools", "restock", "restock")]
    [InlineData("Left-out tools", "clock", "clock")] // not the agent's
    public async Task Blz04_ChoiceThatWasNotOffered_IsRefusedByFieldAndNothingIsStored(string field, string name, string told)
    {
        await using var desk = await ToolDesk.StartAsync();
        if (name == "off")
        {
            (name, told) = ("clock", "clock");
            await desk.SwitchOffAsync(name);
        }

        var choice = field == "Added tools" ? ToolDesk.Adding(name) : ToolDesk.LeavingOut(name);
        var refusal = await Assert.ThrowsAsync<RunRequestException>(() => desk.SendAsync(choice));

        Assert.Equal(RunRequestError.Invalid, refusal.Error);
        Assert.StartsWith($"{field}: {told} is not yours to choose here.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), await desk.Host.Database.ReadAsync(async c => (await c.Conversations.CountAsync(), await c.Runs.CountAsync())));
    }

    [Fact]
    public async Task Start_UnorderedAndRepeatedNames_AreStoredOnceInOrder()
    {
        await using var desk = await ToolDesk.StartAsync();
        desk.Model.ThenText("Hi.");

        var (run, _) = await desk.AskAsync(new ToolChoice { Added = ["pay", "clock", "pay", "look"], LeftOut = ["look", "look"] });

        var stored = await desk.Host.StoredAsync(run.RunId);
        Assert.Equal("""{"added":["clock","pay"],"leftOut":["look"]}""", stored.ToolChoice);
        Assert.Equal(["clock", "pay"], desk.Offered(0));
        Assert.Equal(new ToolChoice { Added = ["clock", "pay"], LeftOut = ["look"] }, (await desk.Host.Conversations.GetAsync(RunsHost.User, run.ConversationId)).Tools);
    }

    [Fact]
    public async Task Start_WithoutAWord_TakesTheConversationsChoiceUntilItIsChanged()
    {
        await using var desk = await ToolDesk.StartAsync();
        desk.Model.ThenText("One.").ThenText("Two.").ThenText("Three.").ThenText("Four.");

        var (run, _) = await desk.AskAsync(ToolDesk.Adding("clock"));
        await desk.AskAsync(null, run.ConversationId);
        await desk.Host.Conversations.SetToolsAsync(RunsHost.User, run.ConversationId, ToolDesk.LeavingOut("look"));
        await desk.AskAsync(null, run.ConversationId);
        await desk.AskAsync(ToolChoice.Default, run.ConversationId);

        Assert.Equal([["look", "clock"], ["look", "clock"], [], ["look"]], Enumerable.Range(0, 4).Select(i => desk.Offered(i).ToArray()));
        Assert.Equal("", (await desk.Host.StoredAsync((await desk.Host.Database.ReadAsync(c => c.Conversations.SingleAsync())).ActiveRunId!.Value)).ToolChoice);
    }

    [Fact]
    public async Task SetTools_ForeignConversationOrForeignTool_IsRefused()
    {
        await using var desk = await ToolDesk.StartAsync();
        desk.Model.ThenText("Hi.");
        var (run, _) = await desk.AskAsync(null);

        var foreign = await Assert.ThrowsAsync<RunRequestException>(() => desk.Host.Conversations.SetToolsAsync(RunsHost.Stranger, run.ConversationId, ToolDesk.Adding("clock")));
        var unknown = await Assert.ThrowsAsync<RunRequestException>(() => desk.Host.Conversations.SetToolsAsync(RunsHost.User, run.ConversationId, ToolDesk.Adding("report")));

        Assert.Equal((RunRequestError.NotFound, RunRequestError.Invalid), (foreign.Error, unknown.Error));
        Assert.Equal(ToolChoice.Default, (await desk.Host.Conversations.GetAsync(RunsHost.User, run.ConversationId)).Tools);
    }

    [Fact]
    public async Task Start_SameRequestAgainAfterTheToolWasTakenAway_IsTheFirst()
    {
        await using var desk = await ToolDesk.StartAsync();
        desk.Model.ThenText("Hi.");
        var request = RunsHost.Request() with { Tools = ToolDesk.Adding("clock") };
        var first = await desk.Host.Runs.StartAsync(request);
        await desk.Host.EndAsync(first);
        await desk.SwitchOffAsync("clock");

        Assert.Equal(first, await desk.Host.Runs.StartAsync(request));
    }

    [Fact]
    public void With_And_Within_FollowTheOffers()
    {
        ToolOffer own = new("look", "", default, IsOwn: true), other = new("clock", "", default, IsOwn: false);

        var choice = ToolChoice.Default.With(own, isOn: false).With(other, isOn: true).With(other, isOn: true);

        Assert.Equal((2, false, true), (choice.Count, choice.Has(own), choice.Has(other)));
        Assert.Equal(ToolDesk.Adding("clock"), choice.Within([other]));
        Assert.Equal(ToolChoice.Default, choice.With(own, isOn: true).With(other, isOn: false));
    }

    [Fact]
    public async Task Administrators_SwitchAnAddedToolOff_LikeAnAgentsOwn()
    {
        await using var desk = await ToolDesk.StartAsync(Roles.Admin);
        var tools = desk.Host.Get<ToolService>();

        var pay = Assert.Single((await tools.ListAsync(s_user, TimeSpan.FromDays(1))), tool => tool.Name == "pay");
        Assert.Equal([(RunsHost.Agent, false, true)], pay.Agents.Select(a => (a.AgentId, a.IsOwn, a.IsEnabled)));
        await tools.SetEnabledAsync(s_user, RunsHost.Agent, "pay", isEnabled: false);

        Assert.DoesNotContain("pay", (await desk.Grants.ListAsync(s_user, RunsHost.Agent)).Select(offer => offer.Name));
    }

    private static string Word(ToolOffer offer) => offer.IsOwn ? offer.Name : $"+{offer.Name}";
}
