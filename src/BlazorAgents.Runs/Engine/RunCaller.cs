using BlazorAgents.Agents;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>On whose behalf a run acts. Read anew for each stretch of a run: roles change while a run waits.</summary>
public sealed class RunCaller(Database database)
{
    /// <summary>The person as they are now.</summary>
    /// <exception cref="AgentException">The account is gone or disabled.</exception>
    internal async Task<ToolCaller> ReadAsync(string userId, CancellationToken cancellationToken)
    {
        var (person, roles) = await database.ReadAsync(
            async context => (
                await context.Users.SingleOrDefaultAsync(u => u.Id == userId, cancellationToken),
                await context.UserRoles.Where(r => r.UserId == userId)
                    .Join(context.Roles, mine => mine.RoleId, role => role.Id, (_, role) => role.Name!).ToListAsync(cancellationToken)),
            cancellationToken);
        return person is { DisabledAt: null }
            ? new ToolCaller(person.Id, person.DisplayName, Roles.All.LastOrDefault(roles.Contains) ?? Roles.User)
            : throw new AgentException(AgentErrorKind.Authentication, "This account may not chat any more. Ask an administrator to enable it.");
    }
}
