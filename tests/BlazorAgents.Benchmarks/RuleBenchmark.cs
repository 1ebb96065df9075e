using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Benchmarks;

/// <summary>What 50 rules cost: for 100,000 calls in memory, and for a dry run over 100,000 recorded calls.</summary>
[MemoryDiagnoser]
public class RuleBenchmark
{
    private const int Calls = 100_000;
    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;
    private static readonly string[] s_tools = ["create_order", "search_products", "check_stock", "cancel_order"];
    private static readonly Actor s_admin = new("admin", "Admin", Roles.Admin);
    private static readonly RuleDraft s_draft = new(new RuleInput
    {
        Name = "Big orders",
        Effect = RuleEffect.Deny,
        ToolPattern = "create_*",
        Conditions = [new RuleCondition("$.items[*].quantity", "more_than", JsonSerializer.SerializeToElement(8))],
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("rule-benchmark-").FullName;
    private ServiceProvider? _services;
    private RuleSet _rules = new([]);
    private RuleCall[] _calls = [];

    /// <summary>Makes the rules and the calls, and stores them.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        var rules = Enumerable.Range(0, 50).Select(Rule).ToList();
        _rules = new RuleSet(rules);
        _calls = [.. Enumerable.Range(0, Calls).Select(i => new RuleCall(
            s_tools[i % 4], "shop", "user", Roles.User, Guid.Empty, false, JsonSerializer.Deserialize<JsonElement>(Arguments(i)),
            i % 4 == 0 ? ToolRisk.Money : ToolRisk.Read, ToolApprovalMode.ByRisk))];
        _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton(new AgentCatalog([], [])).AddSingleton<RuleDryRun>()
            .AddData(_folder, new DataOptions()).BuildServiceProvider();
        await DatabaseStartup.PrepareAsync(
            _services.GetRequiredService<IDbContextFactory<AppDbContext>>(),
            Path.Combine(_folder, DataServiceCollectionExtensions.FileName),
            CancellationToken.None);
        await _services.GetRequiredService<Database>().WriteAsync(context =>
        {
            context.AddRange(rules);
            context.Users.Add(new AppUser { Id = s_admin.Id, UserName = s_admin.Id });
            context.Roles.Add(new IdentityRole { Id = Roles.Admin, Name = Roles.Admin, NormalizedName = "ADMIN" });
            context.UserRoles.Add(new IdentityUserRole<string> { UserId = s_admin.Id, RoleId = Roles.Admin });
            context.AddRange(Enumerable.Range(0, Calls).Select(Recorded));
            return Task.CompletedTask;
        });
    }

    /// <summary>Removes the database.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        SqliteConnection.ClearAllPools();
        _services?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Calls in memory.</summary>
    [Benchmark]
    public int Evaluate()
    {
        var asked = 0;
        foreach (var call in _calls)
        {
            asked += _rules.Evaluate(call, s_now).Effect == RuleEffect.Ask ? 1 : 0;
        }

        return asked;
    }

    /// <summary>Recorded calls, judged by the rules now and by those with one more.</summary>
    [Benchmark]
    public async Task<int> DryRun() => (await _services!.GetRequiredService<RuleDryRun>().RunAsync(s_admin, s_draft, days: 30)).Total;

    private static string Arguments(int i) =>
        $$"""{"country":"DE","customer_id":"CUST{{i % 500:000}}","items":[{"product":"Laptop","quantity":{{i % 10}}},{"product":"Mouse","quantity":1}]}""";

    // Half of them name a tool; a condition keeps most from matching, so that a call goes through the whole list.
    private static ApprovalRule Rule(int i) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = $"Rule {i}",
        Effect = (RuleEffect)(i % 3),
        Position = i,
        ToolPattern = i % 2 == 0 ? s_tools[i / 2 % 4] : "c*_*",
        Conditions = $$"""[{"path":"$.items[*].quantity","operator":"more_than","value":{{i + 10}}},{"path":"$.country","operator":"one_of","value":["DE","FR"]}]""",
        CreatedById = "admin",
        CreatedByName = "Admin",
    };

    private static ToolExecution Recorded(int i) => new()
    {
        Id = Guid.CreateVersion7(s_now.AddSeconds(-i)),
        CallId = $"{i}",
        AgentId = "shop",
        UserId = "user",
        ToolName = s_tools[i % 4],
        Risk = nameof(ToolRisk.Write),
        Arguments = Arguments(i),
        IdempotencyKey = $"{i}",
        StartedAt = s_now.AddSeconds(-i),
    };
}
