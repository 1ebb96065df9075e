using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Tests.Chat;
using Bunit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Approvals.Rules;

/// <summary>Pages of rules over the real services, with an administrator; sign-ins say "User" for everyone, so that only the stored role counts.</summary>
public abstract class RulesContext : ChatContext
{
    protected const string Admin = "ada";

    protected static Actor Ada { get; } = new(Admin, "Ada", Roles.Admin);

    protected RuleService Rules => Host.Services.GetRequiredService<RuleService>();

    protected Database Database => Host.Services.GetRequiredService<Database>();

    /// <summary>Signs a person in, with all that pages of rules need.</summary>
    protected async Task SignInAsync(string person = Admin)
    {
        Services.AddSingleton(Host.Services.GetRequiredService<RuleDryRun>());
        Services.AddSingleton(Host.UserNamed(person)); // the last one counts
        await Database.WriteAsync(async context =>
        {
            context.Users.Add(new AppUser { Id = Admin, UserName = Admin, DisplayName = "Ada" });
            var role = await context.Roles.FirstOrDefaultAsync(r => r.Name == Roles.Admin)
                ?? context.Roles.Add(new IdentityRole(Roles.Admin) { NormalizedName = "ADMIN" }).Entity;
            context.UserRoles.Add(new IdentityUserRole<string> { UserId = Admin, RoleId = role.Id });
        });
    }

    protected Task DemoteAsync() => Database.WriteAsync(context => context.UserRoles.Where(r => r.UserId == Admin).ExecuteDeleteAsync());

    protected async Task<ApprovalRule> AddAsync(RuleInput input, Actor? by = null)
    {
        var saved = await Rules.SaveAsync(by ?? Ada, input);
        Assert.Empty(saved.Problems);
        return saved.Rule!;
    }

    /// <summary>A rule that somebody made for a conversation of their own.</summary>
    protected async Task<ApprovalRule> AddOwnAsync(string person, string name)
    {
        var conversation = Guid.CreateVersion7();
        await Database.WriteAsync(context =>
        {
            context.Conversations.Add(new Conversation { Id = conversation, UserId = person, Title = "Chat", AgentId = ChatHost.WithTools });
            return Task.CompletedTask;
        });
        var input = new RuleInput { Name = name, Effect = RuleEffect.Allow, ToolPattern = "*", RequesterId = person, ConversationId = conversation };
        return await AddAsync(input, new Actor(person, person, Roles.User));
    }

    protected Task RecordAsync(int count, Func<int, string> arguments) => Database.WriteAsync(context =>
    {
        context.ToolExecutions.AddRange(Enumerable.Range(0, count).Select(i => new ToolExecution
        {
            Id = Guid.CreateVersion7(),
            CallId = $"{i}",
            AgentId = ChatHost.WithTools,
            UserId = "ann",
            ToolName = OrderTool.Name,
            Risk = "Money",
            Arguments = arguments(i),
            IdempotencyKey = $"{Guid.NewGuid()}",
            StartedAt = DateTimeOffset.UtcNow,
        }));
        return Task.CompletedTask;
    });

    protected async Task<List<ApprovalRule>> StoredAsync() => [.. await Rules.ListAsync(Ada)];

    private protected static async Task ClickAsync(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> cut, string id, int index = 0)
    {
        await cut.WaitForElementAsync($"[data-testid={id}]", Waiting.Patience);
        await cut.FindAll($"[data-testid={id}]")[index].ClickAsync(new());
    }
}
