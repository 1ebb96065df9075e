using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Account;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Features.People;

/// <summary>
/// Keeps accounts, for administrators. Each change is one transaction that first looks whether the acting person still is one,
/// gives the account a new security stamp, which ends its cookies and circuits within a minute, and is told to the audit.
/// </summary>
public sealed partial class PeopleService(
    Database database, UserManager<AppUser> users, AccountCreation accounts, LostAccess lost, AuditLog audit, TimeProvider clock, ILogger<PeopleService> logger)
{
    /// <summary>All accounts, by name.</summary>
    public Task<IReadOnlyList<Person>> ListAsync(ActingUser by, CancellationToken cancellationToken = default)
    {
        Demand(by);
        return database.ReadAsync<IReadOnlyList<Person>>(
            async data => await Query(data, data.Users).ToListAsync(cancellationToken),
            cancellationToken);
    }

    /// <summary>One account, or null when there is none with this id.</summary>
    public Task<Person?> FindAsync(ActingUser by, string id, CancellationToken cancellationToken = default)
    {
        Demand(by);
        return database.ReadAsync(data => Query(data, data.Users.Where(user => user.Id == id)).SingleOrDefaultAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Adds an account.</summary>
    public async Task<AccountResult> AddAsync(ActingUser by, NewAccount account, CancellationToken cancellationToken = default)
    {
        Demand(by);
        if (!await database.ReadAsync(data => IsEnabledAdminAsync(data, by.Id, cancellationToken), cancellationToken))
        {
            return new AccountResult(null, [NoLongerAdmin()]);
        }

        var result = await accounts.CreateAsync(account, onlyAsFirst: false, by.ToActor(), cancellationToken);
        if (result.User is { } user)
        {
            LogChange(logger, by.Id, AuditActions.PersonAdded, user.Id);
        }

        return result;
    }

    /// <summary>Gives an account another role. Null when done, otherwise what stands against it.</summary>
    public Task<FieldError?> ChangeRoleAsync(ActingUser by, string id, string? role, CancellationToken cancellationToken = default) =>
        role is not null && Roles.All.Contains(role)
            ? ChangeAsync(by, id, change => SetRoleAsync(change, role, cancellationToken), cancellationToken)
            : Task.FromResult<FieldError?>(new FieldError("Role", "Choose one of the roles."));

    /// <summary>Keeps a person from signing in. Null when done, otherwise what stands against it.</summary>
    public Task<FieldError?> DisableAsync(ActingUser by, string id, CancellationToken cancellationToken = default) =>
        id == by.Id
            ? Task.FromResult<FieldError?>(new FieldError("", "You cannot disable your own account. Ask another administrator."))
            : ChangeAsync(by, id, async change =>
            {
                var (data, user) = (change.Data, change.User);
                if (await IsLastAdminAsync(data, user, cancellationToken))
                {
                    return new FieldError("", "This is the last administrator who can sign in, so the account cannot be disabled.");
                }

                user.DisabledAt ??= clock.GetUtcNow();
                change.AfterCommit = await lost.EndAsync(data, user.Id, "The requester's account was disabled.", cancellationToken);
                (change.Action, change.Summary) = (AuditActions.PersonDisabled, $"Disabled {user.DisplayName}");
                return null;
            }, cancellationToken);

    /// <summary>Lets a person sign in again. Null when done, otherwise what stands against it.</summary>
    public Task<FieldError?> EnableAsync(ActingUser by, string id, CancellationToken cancellationToken = default) =>
        ChangeAsync(by, id, change =>
        {
            change.User.DisabledAt = null;
            (change.Action, change.Summary) = (AuditActions.PersonEnabled, $"Enabled {change.User.DisplayName}");
            return Task.FromResult<FieldError?>(null);
        }, cancellationToken);

    /// <summary>Sets a new password and unlocks the account. Empty when done, otherwise what stands against it.</summary>
    public async Task<IReadOnlyList<FieldError>> ResetPasswordAsync(ActingUser by, string id, string? password, CancellationToken cancellationToken = default)
    {
        var errors = await accounts.CheckPasswordAsync(new AppUser(), password, "Password");
        if (errors.Count > 0)
        {
            return errors;
        }

        var error = await ChangeAsync(by, id, change =>
        {
            var user = change.User;
            user.PasswordHash = users.PasswordHasher.HashPassword(user, password!);
            user.AccessFailedCount = 0;
            user.LockoutEnd = null;
            (change.Action, change.Summary) = (AuditActions.PasswordReset, $"Reset the password of {user.DisplayName}");
            return Task.FromResult<FieldError?>(null);
        }, cancellationToken);
        return error is null ? [] : [error];
    }

    private async Task<FieldError?> ChangeAsync(
        ActingUser by, string id, Func<PersonChange, Task<FieldError?>> carryOut, CancellationToken cancellationToken)
    {
        Demand(by);
        PersonChange? change = null;
        var error = await database.WriteAsync(async data =>
        {
            if (!await IsEnabledAdminAsync(data, by.Id, cancellationToken))
            {
                return NoLongerAdmin();
            }

            if (await data.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken) is not { } user)
            {
                return new FieldError("", "This account does not exist any more.");
            }

            change = new PersonChange(data, user);
            if (await carryOut(change) is { } refusal)
            {
                return refusal;
            }

            user.SecurityStamp = Guid.NewGuid().ToString("N");
            user.ConcurrencyStamp = Guid.NewGuid().ToString();
            await audit.AppendAsync(data, new AuditEntry(by.ToActor(), change.Action, "person", id, change.Summary, change.Details), cancellationToken);
            return null;
        }, cancellationToken);
        if (error is null)
        {
            change!.AfterCommit?.Invoke();
            LogChange(logger, by.Id, change.Action, id);
        }

        return error;
    }

    private async Task<FieldError?> SetRoleAsync(PersonChange change, string role, CancellationToken cancellationToken)
    {
        var (data, user) = (change.Data, change.User);
        if (role != Roles.Admin && await IsLastAdminAsync(data, user, cancellationToken))
        {
            return new FieldError("Role", "This is the last administrator who can sign in, so the role cannot be changed.");
        }

        var before = await Query(data, data.Users.Where(other => other.Id == user.Id)).Select(person => person.Role).FirstOrDefaultAsync(cancellationToken);
        data.UserRoles.RemoveRange(await data.UserRoles.Where(row => row.UserId == user.Id).ToListAsync(cancellationToken));
        await data.SaveChangesAsync(cancellationToken); // the same row may come back
        var roleId = await data.Roles.Where(row => row.Name == role).Select(row => row.Id).SingleAsync(cancellationToken);
        data.UserRoles.Add(new IdentityUserRole<string> { UserId = user.Id, RoleId = roleId });
        if (before is not null && before != role && new Actor(user.Id, user.DisplayName, before).Is(role))
        {
            change.AfterCommit = await lost.WithdrawAsync(data, user.Id, $"The requester's role was changed to {role}.", cancellationToken);
        }

        (change.Action, change.Summary, change.Details) = (AuditActions.PersonRoleChanged, $"Gave {user.DisplayName} the role {role}", new { before, after = role });
        return null;
    }

    private static IQueryable<Person> Query(AppDbContext data, IQueryable<AppUser> users) =>
        from user in users
        join link in data.UserRoles on user.Id equals link.UserId
        join role in data.Roles on link.RoleId equals role.Id
        orderby user.DisplayName, user.Email
        select new Person(user.Id, user.DisplayName, user.Email!, role.Name!, user.CreatedAt, user.DisabledAt);

    private static IQueryable<string> EnabledAdmins(AppDbContext data) =>
        from user in data.Users
        join link in data.UserRoles on user.Id equals link.UserId
        join role in data.Roles on link.RoleId equals role.Id
        where role.Name == Roles.Admin && user.DisabledAt == null
        select user.Id;

    private static Task<bool> IsEnabledAdminAsync(AppDbContext data, string id, CancellationToken cancellationToken) =>
        EnabledAdmins(data).AnyAsync(admin => admin == id, cancellationToken);

    private static async Task<bool> IsLastAdminAsync(AppDbContext data, AppUser user, CancellationToken cancellationToken) =>
        await IsEnabledAdminAsync(data, user.Id, cancellationToken)
        && !await EnabledAdmins(data).AnyAsync(admin => admin != user.Id, cancellationToken);

    private static FieldError NoLongerAdmin() => new("", "You are not an administrator any more.");

    private static void Demand(ActingUser by)
    {
        if (!by.Is(Roles.Admin))
        {
            throw new UnauthorizedAccessException("Only administrators keep accounts.");
        }
    }

    [LoggerMessage(LogLevel.Information, "{Administrator}: {Change}, account {Account}")]
    private static partial void LogChange(ILogger logger, string administrator, string change, string account);
}
