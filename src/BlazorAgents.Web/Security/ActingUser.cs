using System.Security.Claims;
using BlazorAgents.Data;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Security;

/// <summary>The person on whose behalf something is read or written.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Name">The name shown to people.</param>
/// <param name="Role">The highest of the person's <see cref="Roles"/>.</param>
public sealed record ActingUser(string Id, string Name, string Role)
{
    /// <summary>The claim that carries the name shown to people.</summary>
    public const string DisplayNameClaim = "display_name";

    /// <summary>Whether the person has <paramref name="role"/> or one that includes it.</summary>
    public bool Is(string role) => Rank(Role) >= Rank(role);

    /// <summary>The person behind <paramref name="principal"/>, or null when nobody is signed in or no role is left.</summary>
    public static ActingUser? From(ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true || principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
        {
            return null;
        }

        var role = Roles.All.LastOrDefault(principal.IsInRole);
        var name = principal.FindFirstValue(DisplayNameClaim) ?? principal.Identity.Name ?? id;
        return role is null ? null : new ActingUser(id, name, role);
    }

    /// <summary>The same person, for approvals, rules and the audit.</summary>
    public Actor ToActor() => new(Id, Name, Role);

    private static int Rank(string role)
    {
        for (var rank = Roles.All.Count - 1; rank >= 0; rank--)
        {
            if (Roles.All[rank] == role)
            {
                return rank;
            }
        }

        throw new ArgumentException($"There is no role {role}.", nameof(role));
    }
}
