using System.ComponentModel.DataAnnotations;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Features.Account;

/// <summary>Makes accounts. Account and role are written in one transaction: an account without its role could do nothing.</summary>
public sealed class AccountCreation(UserManager<AppUser> users, Database database, AuditLog audit, TimeProvider clock)
{
    /// <summary>The shortest password, in characters. Length is the only rule: it is the one that helps.</summary>
    public const int MinimumPasswordLength = 12;

    /// <summary>The longest password, in characters.</summary>
    public const int MaximumPasswordLength = 256;

    /// <summary>The longest name, in characters.</summary>
    public const int MaximumNameLength = 100;

    private static readonly EmailAddressAttribute s_email = new();

    /// <summary>Makes an account.</summary>
    /// <param name="account">What it is made from.</param>
    /// <param name="onlyAsFirst">Refuse if any account exists already.</param>
    /// <param name="by">Who makes it; null when the server does, for its first administrator.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task<AccountResult> CreateAsync(NewAccount account, bool onlyAsFirst, Actor? by = null, CancellationToken cancellationToken = default)
    {
        var user = NewUser(account);
        List<FieldError> errors = [.. Check(account), .. await CheckPasswordAsync(user, account.Password, nameof(account.Password))];
        if (errors.Count > 0)
        {
            return new AccountResult(null, errors);
        }

        user.PasswordHash = users.PasswordHasher.HashPassword(user, account.Password!);
        var error = await database.WriteAsync(data => AddAsync(data, user, account.Role!, onlyAsFirst, by, cancellationToken), cancellationToken);
        return error is null ? new AccountResult(user, []) : new AccountResult(null, [error]);
    }

    /// <summary>What is wrong with a password, under the name of <paramref name="field"/>.</summary>
    public async Task<IReadOnlyList<FieldError>> CheckPasswordAsync(AppUser user, string? password, string field)
    {
        if (password is { Length: > MaximumPasswordLength })
        {
            return [new FieldError(field, $"Use at most {MaximumPasswordLength} characters.")];
        }

        if (password is null || password.Length < MinimumPasswordLength)
        {
            return [new FieldError(field, $"Use at least {MinimumPasswordLength} characters.")];
        }

        List<FieldError> errors = [];
        foreach (var validator in users.PasswordValidators)
        {
            var result = await validator.ValidateAsync(users, user, password);
            errors.AddRange(result.Errors.Select(error => new FieldError(field, error.Description)));
        }

        return errors;
    }

    private AppUser NewUser(NewAccount account)
    {
        var email = account.Email?.Trim() ?? "";
        return new AppUser
        {
            UserName = email,
            NormalizedUserName = users.NormalizeName(email),
            Email = email,
            NormalizedEmail = users.NormalizeEmail(email),
            EmailConfirmed = true,
            DisplayName = account.DisplayName?.Trim() ?? "",
            CreatedAt = clock.GetUtcNow(),
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
        };
    }

    private static IEnumerable<FieldError> Check(NewAccount account)
    {
        if (account.Email?.Trim() is not { Length: > 0 and <= 254 } email || !s_email.IsValid(email) || email.Any(char.IsWhiteSpace) || email.Any(char.IsControl))
        {
            yield return new FieldError(nameof(account.Email), "Enter an email address, like name@example.org.");
        }

        if (account.DisplayName?.Trim() is not { Length: > 0 and <= MaximumNameLength } name || name.Any(char.IsControl))
        {
            yield return new FieldError(nameof(account.DisplayName), $"Enter a name of at most {MaximumNameLength} characters.");
        }

        if (account.Role is null || !Roles.All.Contains(account.Role))
        {
            yield return new FieldError(nameof(account.Role), "Choose one of the roles.");
        }
    }

    private async Task<FieldError?> AddAsync(
        AppDbContext data, AppUser user, string role, bool onlyAsFirst, Actor? by, CancellationToken cancellationToken)
    {
        if (onlyAsFirst && await data.Users.AnyAsync(cancellationToken))
        {
            return new FieldError("", "The first administrator exists already.");
        }

        if (await data.Users.AnyAsync(other => other.NormalizedUserName == user.NormalizedUserName, cancellationToken))
        {
            return new FieldError(nameof(NewAccount.Email), "There is an account with this email address already.");
        }

        var roleId = await data.Roles.Where(row => row.Name == role).Select(row => row.Id).SingleAsync(cancellationToken);
        data.Users.Add(user);
        data.UserRoles.Add(new IdentityUserRole<string> { UserId = user.Id, RoleId = roleId });
        var (action, summary) = onlyAsFirst
            ? (AuditActions.SetupCompleted, $"Made {user.DisplayName} the first administrator")
            : (AuditActions.PersonAdded, $"Added {user.DisplayName} as {role}");
        await audit.AppendAsync(data, new AuditEntry(by, action, "person", user.Id, summary, new { email = user.Email, role }), cancellationToken);
        return null;
    }
}
