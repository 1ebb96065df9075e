using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Tests.Chat;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Tools;

/// <summary>Renders the tool pages over the real services, with calls in the journal as a test wants them.</summary>
public abstract class ToolPagesContext : ChatContext
{
    /// <summary>An administrator, once <see cref="OpenAsync{T}"/> has been called for her.</summary>
    protected const string Admin = "dora";

    private protected Database Database => Host.Services.GetRequiredService<Database>();

    private protected string Address => Services.GetRequiredService<NavigationManager>().Uri;

    private protected async Task<IRenderedComponent<T>> OpenAsync<T>(string person, string address, Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : class, IComponent
    {
        if (person == Admin)
        {
            await AddAdminAsync();
        }

        Services.AddSingleton(Host.Services.GetRequiredService<ToolService>());
        Services.AddSingleton(Host.UserNamed(person)); // the last one counts
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Render<T>(builder => parameters?.Invoke(builder));
        await page.WaitForStateAsync(() => page.FindAll("h1, [role=alert]").Count > 0 && page.FindAll("tr, [role=alert], .message-page, [data-testid=tools-count]:not(:empty)").Count > 0, Waiting.Patience);
        return page;
    }

    private protected Task RecordAsync(string tool, int count, ToolExecutionState state = ToolExecutionState.Succeeded, int milliseconds = 20, string agent = ChatHost.WithTools, Guid? approval = null) =>
        Database.WriteAsync(context =>
        {
            var at = DateTimeOffset.UtcNow.AddHours(-2);
            context.ToolExecutions.AddRange(Enumerable.Range(0, count).Select(i => new ToolExecution
            {
                Id = Guid.CreateVersion7(at),
                CallId = $"{i}",
                AgentId = agent,
                UserId = "ann",
                ToolName = tool,
                Risk = "Money",
                Arguments = """{"api_key":"sk-secret","product":"<b>Laptop</b>","quantity":2}""",
                IdempotencyKey = Guid.NewGuid().ToString(),
                ApprovalId = approval,
                State = state,
                StartedAt = at,
                DurationUs = milliseconds * 1_000,
            }));
            return Task.CompletedTask;
        });

    private protected Task<ToolSetting?> SettingAsync(string tool) =>
        Database.ReadAsync(context => context.ToolSettings.SingleOrDefaultAsync(setting => setting.AgentId == ChatHost.WithTools && setting.ToolName == tool));

    private Task AddAdminAsync() => Database.WriteAsync(async context =>
    {
        if (!await context.Users.AnyAsync(user => user.Id == Admin))
        {
            var role = await context.Roles.FirstOrDefaultAsync(r => r.Name == Roles.Admin)
                ?? context.Roles.Add(new IdentityRole(Roles.Admin) { NormalizedName = "ADMIN" }).Entity;
            context.Users.Add(new AppUser { Id = Admin, UserName = Admin, NormalizedUserName = Admin, DisplayName = "Dora" });
            context.UserRoles.Add(new IdentityUserRole<string> { UserId = Admin, RoleId = role.Id });
        }
    });
}
