using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Security;

namespace BlazorAgents.Web.Features.Account;

/// <summary>Tells the audit who came and went.</summary>
/// <remarks>
/// Strangers cause failed attempts, so these are bounded: none for an address without an account (what was typed there may be a
/// password), none while an account is locked (a lock is one event), and <see cref="FailuresPerMinute"/> a minute in all; the next event
/// after that says how many were left out.
/// </remarks>
public sealed class SignInAudit(AuditLog audit, TimeProvider clock)
{
    /// <summary>Most failed attempts that are written in a minute.</summary>
    public const int FailuresPerMinute = 30;

    private readonly Lock _lock = new();
    private DateTimeOffset _windowStart;
    private int _written;
    private int _leftOut;

    /// <summary>A person signed in.</summary>
    public Task SucceededAsync(AppUser user, HttpContext? context) =>
        audit.AppendAsync(new AuditEntry(ActorOf(user), AuditActions.SignInSucceeded, "person", user.Id, "Signed in", new { address = AddressOf(context) }));

    /// <summary>A person changed their own password.</summary>
    public Task PasswordChangedAsync(AppUser user, HttpContext? context) =>
        audit.AppendAsync(new AuditEntry(ActorOf(user), AuditActions.PasswordChanged, "person", user.Id, "Changed the own password", new { address = AddressOf(context) }));

    /// <summary>A person signed out.</summary>
    public Task EndedAsync(ActingUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return audit.AppendAsync(new AuditEntry(user.ToActor(), AuditActions.SignInEnded, "person", user.Id, "Signed out"));
    }

    /// <summary>Someone, who need not be the person, did not get in.</summary>
    public async Task FailedAsync(AppUser user, string cause, HttpContext? context)
    {
        if (MayWrite(out var leftOut))
        {
            await WriteAsync(user, AuditActions.SignInFailed, $"Sign-in as {user.DisplayName} failed: {cause}", leftOut, context);
        }
    }

    /// <summary>An account was locked just now.</summary>
    public async Task LockedAsync(AppUser user, HttpContext? context)
    {
        if (MayWrite(out var leftOut))
        {
            await WriteAsync(user, AuditActions.SignInLocked, $"Locked {user.DisplayName} for 5 minutes after five wrong passwords", leftOut, context);
        }
    }

    private Task WriteAsync(AppUser user, string action, string summary, int leftOut, HttpContext? context) =>
        audit.AppendAsync(new AuditEntry(
            null, action, "person", user.Id, summary, new { address = AddressOf(context), leftOutBefore = leftOut == 0 ? (int?)null : leftOut }));

    private bool MayWrite(out int leftOut)
    {
        lock (_lock)
        {
            leftOut = 0;
            var now = clock.GetUtcNow();
            if (now - _windowStart >= TimeSpan.FromMinutes(1))
            {
                (_windowStart, _written) = (now, 0);
            }

            if (_written >= FailuresPerMinute)
            {
                _leftOut++;
                return false;
            }

            _written++;
            (leftOut, _leftOut) = (_leftOut, 0);
            return true;
        }
    }

    // The role is not part of an event.
    private static Actor ActorOf(AppUser user) => new(user.Id, user.DisplayName, Roles.User);

    private static string? AddressOf(HttpContext? context) => context?.Connection.RemoteIpAddress?.ToString();
}
