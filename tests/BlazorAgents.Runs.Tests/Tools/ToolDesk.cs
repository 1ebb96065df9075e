using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Tools;

/// <summary>
/// An agent with tools for each role, and tools of the installation beside them; two of those have names that the agent uses itself. What ran is kept.
/// </summary>
internal sealed class ToolDesk : IAsyncDisposable
{
    private readonly List<string> _ran = [];

    private ToolDesk()
    {
    }

    public RunsHost Host { get; private set; } = null!;

    public ScriptedChatClient Model => Host.Model;

    public ToolGrants Grants => Host.Get<ToolGrants>();

    public IReadOnlyList<string> Ran
    {
        get
        {
            lock (_ran)
            {
                return [.. _ran];
            }
        }
    }

    /// <param name="role">The user's.</param>
    /// <param name="folder">A folder of a desk before this one: the process is started again.</param>
    /// <param name="clock">What the clock says of itself.</param>
    /// <param name="startEngine">False leaves runs in the queue until the test starts the engine.</param>
    public static async Task<ToolDesk> StartAsync(string role = Roles.User, TempFolder? folder = null, string clock = "Tells the time.", bool startEngine = true)
    {
        var desk = new ToolDesk();
        desk.Host = await RunsHost.StartAsync(new RunsHostSettings
        {
            Folder = folder,
            StartEngine = false,
            Tools = [desk.Tool("look"), desk.Tool("cancel", Roles.Approver), desk.Tool("restock", Roles.Admin)],
            RunLevelTools =
            [
                AIFunctionFactory.Create(() => desk.Note("clock"), "clock", clock),
                desk.Tool("report", Roles.Approver),
                desk.Tool("pay", risk: ToolRisk.Money),
                desk.Tool("look", ran: "another look"),
                desk.Tool("restock", ran: "restock for everyone"),
            ],
        });
        await desk.Host.Database.WriteAsync(async context =>
        {
            foreach (var name in Roles.All)
            {
                if (!await context.Roles.AnyAsync(r => r.Name == name))
                {
                    context.Roles.Add(new IdentityRole { Id = name, Name = name, NormalizedName = name.ToUpperInvariant() });
                }
            }
        });
        await desk.SetRoleAsync(role);
        if (startEngine)
        {
            await desk.Host.StartEngineAsync();
        }

        return desk;
    }

    public static ToolChoice Adding(params string[] names) => new() { Added = names };

    public static ToolChoice LeavingOut(params string[] names) => new() { LeftOut = names };

    public Task SetRoleAsync(string role) => Host.Database.WriteAsync(async context =>
    {
        await context.UserRoles.Where(r => r.UserId == RunsHost.User).ExecuteDeleteAsync();
        var id = await context.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync();
        context.UserRoles.Add(new IdentityUserRole<string> { UserId = RunsHost.User, RoleId = id });
    });

    public Task SwitchOffAsync(string tool) => Host.Database.WriteAsync(
        c => Task.FromResult(c.ToolSettings.Add(new ToolSetting { AgentId = RunsHost.Agent, ToolName = tool, IsEnabled = false })));

    /// <summary>Sends a message with these tools; null says nothing about them.</summary>
    public Task<StartedRun> SendAsync(ToolChoice? tools, Guid? conversationId = null) =>
        Host.Runs.StartAsync(RunsHost.Request(conversationId: conversationId) with { Tools = tools });

    /// <summary>Sends a message with these tools and waits for the answer's end.</summary>
    public async Task<(StartedRun Run, RunView View)> AskAsync(ToolChoice? tools, Guid? conversationId = null)
    {
        var run = await SendAsync(tools, conversationId);
        return (run, await Host.EndAsync(run));
    }

    /// <summary>The names that the model was offered with its request number <paramref name="index"/>.</summary>
    public IEnumerable<string> Offered(Index index) => Host.Model.Requests[index].Options!.Tools?.Select(tool => tool.Name) ?? [];

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private AgentTool Tool(string name, string? role = null, ToolRisk risk = ToolRisk.Read, string? ran = null) =>
        AgentTool.Create(() => Note(ran ?? name), name, new AgentToolOptions { MinimumRole = role, Risk = risk });

    private string Note(string what)
    {
        lock (_ran)
        {
            _ran.Add(what);
        }

        return $"done {what}";
    }
}
