using System.Data.Common;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Benchmarks;

/// <summary>The engine's services on a database that does not wait for the disk, with a run at work, 50 rules, a requester and an approver.</summary>
internal sealed class GateStage : IAsyncDisposable
{
    public static readonly Actor Approver = new("approver", "Anna", Roles.Approver);
    public static readonly ToolCaller Caller = new("user", "Uma", Roles.User);
    private readonly string _folder = Directory.CreateTempSubdirectory("gate-benchmark-").FullName;
    private readonly ServiceProvider _services;

    private GateStage()
    {
        var services = new ServiceCollection().AddLogging().AddData(_folder, new DataOptions());
        services.ConfigureDbContext<AppDbContext>(builder => builder.AddInterceptors(new NoSync()));
        services.AddSingleton(Agent);
        services.AddRuns(new ConfigurationBuilder().Build());
        _services = services.BuildServiceProvider();
    }

    public static AgentDefinition Agent { get; } = new()
    {
        Id = "shop",
        Name = "Shop",
        Description = "Sells.",
        Icon = "cart",
        Instructions = "Sell.",
        Tools =
        [
            AgentTool.Create((string what, int quantity = 1) => $"There are {quantity} of {what}.", "look"),
            AgentTool.Create((string what, int quantity = 1) => $"Ordered {quantity} of {what}.", "order", new AgentToolOptions { Risk = ToolRisk.Money }),
        ],
    };

    public RunClaim Claim { get; private set; } = null!;

    public Database Database => _services.GetRequiredService<Database>();

    public ApprovalService Approvals => _services.GetRequiredService<ApprovalService>();

    public IServiceProvider Services => _services;

    public static async Task<GateStage> StartAsync()
    {
        var stage = new GateStage();
        await DatabaseStartup.PrepareAsync(
            stage._services.GetRequiredService<IDbContextFactory<AppDbContext>>(), Path.Combine(stage._folder, DataServiceCollectionExtensions.FileName), CancellationToken.None);
        await stage.Database.WriteAsync(context =>
        {
            context.Users.AddRange(new AppUser { Id = Caller.UserId, UserName = Caller.UserId }, new AppUser { Id = Approver.Id, UserName = Approver.Id });
            context.Roles.Add(new IdentityRole { Id = Roles.Approver, Name = Roles.Approver, NormalizedName = "APPROVER" });
            context.UserRoles.Add(new IdentityUserRole<string> { UserId = Approver.Id, RoleId = Roles.Approver });
            context.AddRange(Enumerable.Range(0, 50).Select(i => new ApprovalRule
            {
                Id = Guid.CreateVersion7(),
                Name = $"Rule {i}",
                Effect = RuleEffect.Deny,
                ToolPattern = "*",
                Conditions = $$"""[{"path":"$.quantity","operator":"more_than","value":{{i + 1_000}}}]""",
                CreatedById = "admin",
                CreatedByName = "Ada",
            }));
            return Task.CompletedTask;
        });
        await stage.BeginRunAsync();
        return stage;
    }

    /// <summary>A new conversation with a run at work.</summary>
    public async Task BeginRunAsync()
    {
        var conversation = new Conversation { Id = Guid.CreateVersion7(), UserId = Caller.UserId, Title = "Chat", AgentId = Agent.Id };
        var turn = new Turn { Id = Guid.CreateVersion7(), ConversationId = conversation.Id, Text = "Buy" };
        var run = new Run { Id = Guid.CreateVersion7(), ConversationId = conversation.Id, TurnId = turn.Id, ClientRequestId = Guid.NewGuid(), AgentId = Agent.Id, Status = RunStatus.Running, Owner = "bench" };
        await Database.WriteAsync(context =>
        {
            context.AddRange(conversation, turn, run);
            return Task.CompletedTask;
        });
        Claim = new RunClaim(run, Caller.UserId, turn.Text, null, []);
    }

    /// <summary>Stores a pending request and tells subscribers.</summary>
    public async Task<Guid> OpenAsync(int number)
    {
        var changes = new ApprovalChanges();
        var rows = await Database.WriteAsync(context => Approvals.OpenAsync(context, [Draft(number)], changes));
        Approvals.Publish(changes);
        return rows[0].Id;
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ApprovalRequestDraft Draft(int number) => new()
    {
        ConversationId = Claim.Run.ConversationId,
        RunId = Claim.Run.Id,
        CallId = $"{number}",
        AgentId = Agent.Id,
        AgentName = Agent.Name,
        AgentVersion = "1",
        ToolName = "order",
        ToolSchema = "{}",
        Risk = ToolRisk.Money,
        RequesterId = Caller.UserId,
        RequesterName = Caller.Name,
        Arguments = $$"""{"quantity":{{number}}}""",
        Sentence = $"Order {number}",
        UserMessage = "Buy",
        AskedBecause = "It moves money.",
        Decider = ApprovalDecider.Approver,
    };

    private sealed class NoSync : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = OFF";
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
