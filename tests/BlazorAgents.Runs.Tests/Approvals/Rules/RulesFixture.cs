using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Approvals.Rules;

/// <summary>A database with a person of each role, and a conversation each.</summary>
internal sealed class RulesFixture : IAsyncDisposable
{
    public static readonly Actor Admin = new("admin", "Ada", Roles.Admin);
    public static readonly Actor Approver = new("approver", "Bob", Roles.Approver);
    public static readonly Actor User = new(RunsHost.User, "Uma", Roles.User);
    public static readonly Actor Stranger = new(RunsHost.Stranger, "Sid", Roles.User);

    private readonly Dictionary<string, Guid> _conversations = [];

    private RulesFixture(RunsHost host, ManualTimeProvider time) => (Host, Time) = (host, time);

    public RunsHost Host { get; }

    public ManualTimeProvider Time { get; }

    public Database Database => Host.Database;

    public RuleService Rules => Host.Get<RuleService>();

    public static async Task<RulesFixture> StartAsync(params AITool[] tools)
    {
        var time = new ManualTimeProvider();
        var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false, Time = time, Tools = tools });
        var fixture = new RulesFixture(host, time);
        await host.Database.WriteAsync(context =>
        {
            context.Users.AddRange(new AppUser { Id = "admin", UserName = "admin" }, new AppUser { Id = "approver", UserName = "approver" });
            foreach (var actor in new[] { Admin, Approver, User, Stranger })
            {
                var id = fixture._conversations[actor.Id] = Guid.CreateVersion7();
                context.Conversations.Add(new Conversation { Id = id, UserId = actor.Id, Title = "Chat", AgentId = RunsHost.Agent });
            }

            foreach (var role in Roles.All)
            {
                if (!context.Roles.Any(r => r.Name == role))
                {
                    context.Roles.Add(new IdentityRole(role) { Id = role, NormalizedName = role.ToUpperInvariant() });
                }
            }

            foreach (var actor in new[] { Admin, Approver })
            {
                context.UserRoles.Add(new IdentityUserRole<string> { UserId = actor.Id, RoleId = context.Roles.Local.FirstOrDefault(r => r.Name == actor.Role)?.Id ?? context.Roles.Single(r => r.Name == actor.Role).Id });
            }

            return Task.CompletedTask;
        });
        return fixture;
    }

    public Guid ConversationOf(Actor actor) => _conversations[actor.Id];

    /// <summary>What anybody may make: tools allowed in a conversation of their own.</summary>
    public RuleInput OwnInput(Actor actor, string name = "Mine") => new()
    {
        Name = name,
        Effect = RuleEffect.Allow,
        ToolPattern = "*",
        RequesterId = actor.Id,
        ConversationId = ConversationOf(actor),
    };

    public async Task<ApprovalRule> SavedAsync(Actor actor, RuleInput input)
    {
        var saved = await Rules.SaveAsync(actor, input);
        Assert.Empty(saved.Problems);
        return saved.Rule!;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
