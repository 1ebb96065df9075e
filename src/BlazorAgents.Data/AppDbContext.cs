using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Data;

/// <summary>The database. Use it through <see cref="Database"/>: one context for one operation.</summary>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : IdentityDbContext<AppUser, IdentityRole, string>(options)
{
    /// <summary>Conversations, deleted ones included.</summary>
    public DbSet<Conversation> Conversations => Set<Conversation>();

    /// <summary>User messages.</summary>
    public DbSet<Turn> Turns => Set<Turn>();

    /// <summary>Answers.</summary>
    public DbSet<Run> Runs => Set<Run>();

    /// <summary>What answers are made of.</summary>
    public DbSet<ConversationItem> Items => Set<ConversationItem>();

    /// <summary>Model servers that administrators entered.</summary>
    public DbSet<Provider> Providers => Set<Provider>();

    /// <summary>What the tests of model servers showed.</summary>
    public DbSet<ProviderTest> ProviderTests => Set<ProviderTest>();

    /// <summary>Requests for a person's decision.</summary>
    public DbSet<Approval> Approvals => Set<Approval>();

    /// <summary>Rules about tool calls.</summary>
    public DbSet<ApprovalRule> ApprovalRules => Set<ApprovalRule>();

    /// <summary>What administrators set for tools.</summary>
    public DbSet<ToolSetting> ToolSettings => Set<ToolSetting>();

    /// <summary>The journal of tool calls.</summary>
    public DbSet<ToolExecution> ToolExecutions => Set<ToolExecution>();

    /// <summary>Who did what; rows are only ever added.</summary>
    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    /// <summary>What the shop sells.</summary>
    public DbSet<Product> Products => Set<Product>();

    /// <summary>Who buys in the shop.</summary>
    public DbSet<Customer> Customers => Set<Customer>();

    /// <summary>The shop's orders.</summary>
    public DbSet<Order> Orders => Set<Order>();

    /// <summary>Changes of stock that were not orders.</summary>
    public DbSet<StockChange> StockChanges => Set<StockChange>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // Ticks sort and compare in SQLite, which has no date type.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
    }
}
