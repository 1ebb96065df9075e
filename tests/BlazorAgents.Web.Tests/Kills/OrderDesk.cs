using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Features.Shop;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BlazorAgents.Web.Tests.Kills;

/// <summary>The engine with the real shop on a database file: what a process of the application is, without its pages.</summary>
internal sealed class OrderDesk : IAsyncDisposable
{
    public const string Buyer = "buyer";
    public const int Stock = 5;
    public const int Quantity = 2;
    private static readonly Actor s_approver = new("approver", "Anna", Roles.Approver);
    private readonly string _folder;
    private readonly ServiceProvider _services;

    private OrderDesk(string folder, KillSwitch? kill)
    {
        _folder = folder;
        var services = new ServiceCollection().AddLogging();
        services.AddData(folder, new DataOptions());
        if (kill is not null)
        {
            services.ConfigureDbContext<AppDbContext>(builder => builder.AddInterceptors(kill));
        }

        services.AddSingleton<IModelConnections>(new FixedModelConnections(OrderModel.Create));
        services.AddSingleton<ShopService>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Agent(provider.GetRequiredService<ShopService>(), kill));
        services.AddRuns(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Runs:MakeTitles"] = "false",
            ["Runs:DrainSeconds"] = "0",
            ["Runs:SaveIntervalSeconds"] = "60", // saves at edges only: each kill hits the save that it names
        }).Build());
        _services = services.BuildServiceProvider();
    }

    public Database Database => _services.GetRequiredService<Database>();

    public RunService Runs => _services.GetRequiredService<RunService>();

    public ApprovalService Approvals => _services.GetRequiredService<ApprovalService>();

    /// <summary>A new database with the shop's goods, a buyer and an approver.</summary>
    public static async Task PrepareAsync(string folder)
    {
        await using var desk = new OrderDesk(folder, kill: null);
        await DatabaseStartup.PrepareAsync(
            desk._services.GetRequiredService<IDbContextFactory<AppDbContext>>(), Path.Combine(folder, DataServiceCollectionExtensions.FileName), CancellationToken.None);
        await new ShopSeeder(desk.Database).SeedAsync();
        await desk.Database.WriteAsync(async context =>
        {
            context.Users.AddRange(
                new AppUser { Id = Buyer, UserName = Buyer, DisplayName = "Bert" }, new AppUser { Id = s_approver.Id, UserName = s_approver.Id, DisplayName = s_approver.Name });
            if (!await context.Roles.AnyAsync(r => r.Name == Roles.Approver))
            {
                context.Roles.Add(new IdentityRole { Id = Roles.Approver, Name = Roles.Approver, NormalizedName = "APPROVER" });
            }

            await context.SaveChangesAsync();
            context.UserRoles.Add(new IdentityUserRole<string>
            {
                UserId = s_approver.Id,
                RoleId = await context.Roles.Where(r => r.Name == Roles.Approver).Select(r => r.Id).SingleAsync(),
            });
            await context.Products.Where(p => p.Id == "p001").ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, Stock));
        });
    }

    public static async Task<OrderDesk> StartAsync(string folder, KillSwitch? kill = null)
    {
        var desk = new OrderDesk(folder, kill);
        foreach (var service in desk._services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        return desk;
    }

    public Task<StartedRun> SendAsync(string text, Guid conversationId) => Runs.StartAsync(new StartRun
    {
        UserId = Buyer,
        ConversationId = conversationId,
        ClientRequestId = Guid.NewGuid(),
        Text = text,
        AgentId = "shop",
    });

    /// <summary>Approves whatever the conversation's last answer waits for, until it waits no more.</summary>
    public async Task<RunView> PlayAsync(Guid conversationId)
    {
        while (true)
        {
            var view = await SettleAsync(conversationId);
            if (view.State.Status is not RunStatus.AwaitingApproval)
            {
                return view;
            }

            var pending = await Database.ReadAsync(
                context => context.Approvals.Where(a => a.RunId == view.Id && a.State == ApprovalState.Pending).Select(a => a.Id).SingleAsync());
            var decided = await Approvals.DecideAsync(s_approver, pending, new ApprovalDecision.Approve());
            Assert.IsType<DecisionResult.Decided>(decided);
            await UntilAsync(view, v => v.State.Status is not RunStatus.AwaitingApproval);
        }
    }

    public Task<int> SweepAsync() => _services.GetRequiredService<ApprovalClock>().SweepAsync();

    public Task<AuditCheck> VerifyAuditAsync() => _services.GetRequiredService<AuditLog>().VerifyAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await using (var context = await _services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
        {
            SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
        }

        await _services.DisposeAsync();
    }

    private async Task<RunView> SettleAsync(Guid conversationId)
    {
        // Read again at each notice, as pages do: a run that ends while it is read leaves a view that nobody writes to any more.
        var conversations = _services.GetRequiredService<ConversationService>();
        using var changed = new SemaphoreSlim(0);
        using var news = conversations.Subscribe(Buyer, conversationId, () => changed.Release());
        while (true)
        {
            var view = (await conversations.GetPageAsync(Buyer, conversationId, beforeTurnId: null, take: 1)).Turns[^1].Run;
            using var watch = view.Subscribe(() => changed.Release());
            if (view.State.Status is not (RunStatus.Queued or RunStatus.Running))
            {
                return view;
            }

            Assert.True(await changed.WaitAsync(Chat.Waiting.Patience), $"The run stays {view.State.Status}.");
        }
    }

    private static async Task UntilAsync(RunView view, Func<RunView, bool> reached)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (reached(view))
            {
                done.TrySetResult();
            }
        }

        using var subscription = view.Subscribe(Look);
        Look();
        await done.Task.WaitAsync(Chat.Waiting.Patience);
    }

    private static AgentDefinition Agent(ShopService shop, KillSwitch? kill)
    {
        var agent = ShopAgent.Create(new ShopTools(shop), new ShopPreviews(shop));
        return agent with { Tools = [.. agent.Tools.Select(tool => tool is AIFunction { Name: OrderModel.Tool } order ? new KillableTool(order, kill) : tool)] };
    }
}
