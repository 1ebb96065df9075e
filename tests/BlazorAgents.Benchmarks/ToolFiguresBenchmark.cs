using BenchmarkDotNet.Attributes;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Benchmarks;

/// <summary>What the tool pages cost: the figures of ten tools over a journal of many calls, all of them in the period or a tenth.</summary>
[MemoryDiagnoser]
public class ToolFiguresBenchmark
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;
    private static readonly Actor s_admin = new("admin", "Admin", Roles.Admin);
    private static readonly Actor s_approver = new("approver", "Approver", Roles.Approver);
    private readonly string _folder = Directory.CreateTempSubdirectory("tool-benchmark-").FullName;
    private ServiceProvider? _services;

    /// <summary>How many calls the journal has, from 90 days.</summary>
    [Params(100_000, 1_000_000)]
    public int Calls { get; set; }

    /// <summary>How many days are looked at.</summary>
    [Params(9, 90)]
    public int Days { get; set; }

    /// <summary>Makes the tools and the calls.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        var tools = Enumerable.Range(0, 10).Select(i => AgentTool.Create((string what) => what, $"tool_{i}")).ToList();
        _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddData(_folder, new DataOptions())
            .AddSingleton(new AgentDefinition { Id = "shop", Name = "Shop", Description = "Sells.", Icon = "cart", Instructions = "Sell.", Tools = [.. tools] })
            .AddRuns(new ConfigurationBuilder().Build()).BuildServiceProvider();
        await DatabaseStartup.PrepareAsync(
            _services.GetRequiredService<IDbContextFactory<AppDbContext>>(),
            Path.Combine(_folder, DataServiceCollectionExtensions.FileName),
            CancellationToken.None);
        var first = s_now.AddDays(-89.9).ToUnixTimeMilliseconds();
        var (start, step) = (DateTimeOffset.FromUnixTimeMilliseconds(first).UtcTicks, (long)TimeSpan.FromDays(89).TotalMilliseconds / Calls);
        await _services.GetRequiredService<Database>().WriteAsync(async context =>
        {
            foreach (var person in new[] { s_admin, s_approver })
            {
                context.Users.Add(new AppUser { Id = person.Id, UserName = person.Id });
                context.Roles.Add(new IdentityRole { Id = person.Role, Name = person.Role, NormalizedName = person.Role.ToUpperInvariant() });
                context.UserRoles.Add(new IdentityUserRole<string> { UserId = person.Id, RoleId = person.Role });
            }

            await context.Database.ExecuteSqlAsync(
                $$"""
                WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {{Calls}})
                INSERT INTO "ToolExecutions" ("Id", "RunId", "ConversationId", "CallId", "AgentId", "UserId", "ToolName", "Risk", "Arguments", "IdempotencyKey",
                    "HasUntrustedContent", "State", "StartedAt", "EndedAt", "DurationUs")
                SELECT printf('%08X-%04X-7000-8000-%012X', ({{first}} + i * {{step}}) >> 16, ({{first}} + i * {{step}}) & 65535, i),
                    printf('0198F001-%04X-7000-8000-%012X', i & 65535, i), '0198F002-0000-7000-8000-000000000000', 'call_' || i, 'shop', 'user', 'tool_' || (i % 10), 'Read',
                    '{"customer_id":"CUST001","items":[{"product":"Laptop","quantity":2},{"product":"Mouse","quantity":1}]}', printf('0198f000%08x70008000%012x', i, i), 0,
                    CASE WHEN i % 20 = 0 THEN 'Failed' ELSE 'Succeeded' END, {{start}} + i * {{step}} * 10000, 0, (i * 7919) % 2000000
                FROM n
                """);
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

    /// <summary>The grid.</summary>
    [Benchmark]
    public async Task<int> List() =>
        (await _services!.GetRequiredService<ToolService>().ListAsync(s_admin, TimeSpan.FromDays(Days))).Sum(tool => tool.Figures.Calls);

    /// <summary>The page of one of the ten.</summary>
    [Benchmark]
    public async Task<int> One() =>
        (await _services!.GetRequiredService<ToolService>().GetAsync(s_admin, "tool_3", TimeSpan.FromDays(Days)))!.Tool.Figures.Calls;

    /// <summary>The same page for an approver, who may see none of its calls and whose search for them looks at all.</summary>
    [Benchmark]
    public async Task<int> OneWithoutCalls() =>
        (await _services!.GetRequiredService<ToolService>().GetAsync(s_approver, "tool_3", TimeSpan.FromDays(Days)))!.Calls.Count;
}
