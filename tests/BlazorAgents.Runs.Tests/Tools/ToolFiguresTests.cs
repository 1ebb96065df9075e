using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Approvals;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Tools;

/// <summary>What the journal says about tools, and who is told.</summary>
public sealed class ToolFiguresTests
{
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    private static readonly AITool[] s_tools =
    [
        AgentTool.Create((string what, string? api_key) => what + api_key, "look"),
        AgentTool.Create((string what) => what, "order", new AgentToolOptions { Risk = ToolRisk.Money, MinimumRole = Roles.Approver }),
        new ApprovalRequiredAIFunction(AIFunctionFactory.Create((string what) => what, "send", "Sends it.")),
        new HostedWebSearchTool(),
    ];

    [Fact]
    public async Task List_EveryTool_SaysWhatItIsAndWhoHasIt()
    {
        await using var host = await StartAsync();
        await host.PendingAsync(d => d with { ToolName = "order" });

        var tools = await Service(host).ListAsync(ApprovalHost.Approver, s_week);

        Assert.Equal(["look", "order", "send", "web_search"], tools.Select(t => t.Name));
        var order = Assert.Single(tools[1].Agents);
        Assert.Equal(
            (RunsHost.Agent, "Assistant", ToolRisk.Money, Roles.Approver, ToolApprovalMode.ByRisk, true, 1),
            (order.AgentId, order.AgentName, order.Risk, order.MinimumRole, order.Mode, order.IsEnabled, order.OpenRequests));
        Assert.Contains("\"what\"", order.Schema, StringComparison.Ordinal);
        Assert.Equal((ToolRisk.External, ToolApprovalMode.AlwaysRequire, "Sends it."), (tools[2].Agents[0].Risk, tools[2].Agents[0].Mode, tools[2].Agents[0].Description));
        Assert.Equal((ToolRisk.External, null), (tools[3].Agents[0].Risk, tools[3].Agents[0].Schema));
        Assert.All(tools, t => Assert.Equal(ToolFigures.None, t.Figures));
    }

    [Fact]
    public async Task Figures_EachState_CountsWhereItBelongs()
    {
        await using var host = await StartAsync();
        await RecordAsync(
            host,
            [
                .. Enum.GetValues<ToolExecutionState>().SelectMany((state, i) => Enumerable.Range(0, i + 1).Select(_ => Call(host, "look", state))),
                Call(host, "look", ToolExecutionState.Failed) with { Age = TimeSpan.FromDays(7.5) },
                Call(host, "gone_tool", ToolExecutionState.Failed),
            ]);

        var figures = (await Service(host).ListAsync(ApprovalHost.Approver, s_week))[0].Figures;

        Assert.Equal(
            (1, 2, 3, 4, 5, 6, 7),
            (figures.Running, figures.Succeeded, figures.Failed, figures.TimedOut, figures.Cancelled, figures.Unknown, figures.Refused));
        Assert.Equal((21, 13, 13 / 20.0), (figures.Calls, figures.Errors, figures.ErrorRate));
        Assert.Equal(4, (await Service(host).ListAsync(ApprovalHost.Approver, TimeSpan.FromDays(8)))[0].Figures.Failed);
        Assert.Equal(0, (await Service(host).ListAsync(ApprovalHost.Approver, TimeSpan.FromMinutes(59)))[0].Figures.Calls);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(19, 10, 19)]
    [InlineData(20, 10, 19)]
    [InlineData(21, 11, 20)]
    [InlineData(100, 50, 95)]
    [InlineData(101, 51, 96)]
    public async Task Percentiles_SoManyCalls_AreTheNearestRank(int calls, int median, int p95)
    {
        await using var host = await StartAsync();
        await RecordAsync(
            host,
            [
                .. Enumerable.Range(1, calls).Reverse().Select(ms => Call(host, "look", (ToolExecutionState)(1 + (ms % 3))) with { Milliseconds = ms }),
                Call(host, "look", ToolExecutionState.Cancelled) with { Milliseconds = 9_999 },
                Call(host, "look", ToolExecutionState.Unknown),
                Call(host, "look", ToolExecutionState.Refused),
            ]);

        var figures = (await Service(host).ListAsync(ApprovalHost.Approver, s_week))[0].Figures;

        Assert.Equal((TimeSpan.FromMilliseconds(median), TimeSpan.FromMilliseconds(p95)), (figures.Median, figures.P95));
    }

    [Fact]
    public async Task List_OneAgent_HasItsToolsAndCallsAlone()
    {
        await using var host = await StartAsync();
        await RecordAsync(
            host, [Call(host, "look") with { Milliseconds = 10 }, Call(host, "look") with { Agent = "earlier", Milliseconds = 30 }, Call(host, "look") with { Agent = "earlier" }]);

        var all = (await Service(host).ListAsync(ApprovalHost.Approver, s_week))[0];
        var one = (await Service(host).ListAsync(ApprovalHost.Approver, s_week, RunsHost.Agent))[0];

        Assert.Equal((3, 1), (all.Figures.Calls, all.Agents[0].Figures.Calls));
        Assert.Equal((1, TimeSpan.FromMilliseconds(10)), (one.Figures.Calls, one.Figures.P95));
        Assert.Empty(await Service(host).ListAsync(ApprovalHost.Approver, s_week, "no-such-agent"));
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Sec13_Roles_AreThoseOfTheDatabase()
    {
        await using var host = await StartAsync();
        foreach (var actor in new[] { ApprovalHost.Requester, ApprovalHost.Stranger with { Role = Roles.Admin }, new Actor("nobody", "Nobody", Roles.Admin) })
        {
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Service(host).ListAsync(actor, s_week));
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Service(host).GetAsync(actor, "look", s_week));
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Service(host).GetAsync(actor, "no_such_tool", s_week));
        }

        Assert.False((await Service(host).GetAsync(ApprovalHost.Approver with { Role = Roles.Admin }, "look", s_week))!.MayChange);
        Assert.True((await Service(host).GetAsync(ApprovalHost.Admin with { Role = Roles.User }, "look", s_week))!.MayChange);
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Sec13_CallsOfOthers_AreForAdministratorsAndForThoseWhoWereAsked()
    {
        await using var host = await StartAsync();
        var asked = Guid.NewGuid();
        await RecordAsync(
            host,
            [
                Call(host, "look") with { Age = TimeSpan.FromHours(4), Arguments = """{"what":"mine"}""", User = ApprovalHost.Approver.Id },
                Call(host, "look") with { Age = TimeSpan.FromHours(3), Arguments = """{"what":"asked"}""", Approval = asked },
                Call(host, "look") with { Age = TimeSpan.FromHours(2), Arguments = """{"api_key":"sk-secret","what":"theirs"}""" },
                Call(host, "look", ToolExecutionState.Unknown) with { Age = TimeSpan.FromHours(1), User = "gone" },
            ]);

        var approver = (await Service(host).GetAsync(ApprovalHost.Approver, "look", s_week))!;
        var admin = (await Service(host).GetAsync(ApprovalHost.Admin, "look", s_week))!;

        Assert.Equal(["""{"what":"asked"}""", """{"what":"mine"}"""], approver.Calls.Select(c => c.Arguments));
        Assert.Equal((asked, 4), (approver.Calls[0].ApprovalId, approver.Tool.Figures.Calls));
        Assert.Equal(4, admin.Calls.Count);
        Assert.Equal((null, null, ToolExecutionState.Unknown), (admin.Calls[0].UserName, admin.Calls[0].Duration, admin.Calls[0].State));
        Assert.DoesNotContain("sk-secret", admin.Calls[1].Arguments, StringComparison.Ordinal);
        Assert.Equal(("Anna", TimeSpan.FromMilliseconds(5)), (admin.Calls[3].UserName, admin.Calls[3].Duration));
        Assert.Equal(2, (await Service(host).GetAsync(ApprovalHost.Admin, "look", s_week, calls: 2))!.Calls.Count);
        Assert.Null(await Service(host).GetAsync(ApprovalHost.Admin, "no_such_tool", s_week));
    }

    [Fact]
    public async Task Period_ThatIsNone_IsRefused()
    {
        await using var host = await StartAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Service(host).ListAsync(ApprovalHost.Approver, TimeSpan.Zero));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Service(host).GetAsync(ApprovalHost.Approver, "look", TimeSpan.MaxValue));
    }

    private static Task<ApprovalHost> StartAsync() => ApprovalHost.StartAsync(tools: s_tools);

    private static ToolService Service(ApprovalHost host) => host.Host.Get<ToolService>();

    private static Recorded Call(ApprovalHost host, string tool, ToolExecutionState state = ToolExecutionState.Succeeded) => new(host.Time.GetUtcNow(), tool, state);

    private static Task RecordAsync(ApprovalHost host, IEnumerable<Recorded> calls) => host.Host.Database.WriteAsync(context =>
    {
        context.ToolExecutions.AddRange(calls.Select(call => call.ToRow()));
        return Task.CompletedTask;
    });

    private sealed record Recorded(DateTimeOffset Now, string Tool, ToolExecutionState State)
    {
        public TimeSpan Age { get; init; } = TimeSpan.FromHours(1);

        public string Agent { get; init; } = RunsHost.Agent;

        public string User { get; init; } = RunsHost.User;

        public string Arguments { get; init; } = "{}";

        public int Milliseconds { get; init; } = 5;

        public Guid? Approval { get; init; }

        public ToolExecution ToRow() => new()
        {
            Id = Guid.CreateVersion7(Now - Age),
            CallId = "call",
            AgentId = Agent,
            UserId = User,
            ToolName = Tool,
            Risk = nameof(ToolRisk.Read),
            Arguments = Arguments,
            IdempotencyKey = Guid.NewGuid().ToString(),
            ApprovalId = Approval,
            State = State,
            StartedAt = Now - Age,
            DurationUs = Milliseconds * 1_000,
        };
    }
}
