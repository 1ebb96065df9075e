using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>The person who acts, as the sign-in knows them.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
public sealed record Actor(string Id, string Name, string Role)
{
    /// <summary>Whether they have <paramref name="role"/> or one that includes it.</summary>
    public bool Is(string role) => Rank(Role) >= Rank(role);

    private static int Rank(string role) => Roles.All.ToList().IndexOf(role) is var rank and >= 0
        ? rank
        : throw new ArgumentException($"There is no role {role}.", nameof(role));
}
