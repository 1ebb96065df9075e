namespace BlazorAgents.Runs;

/// <summary>The person who acts, as the sign-in knows them.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Role">One of <see cref="BlazorAgents.Data.Roles"/>.</param>
public sealed record Actor(string Id, string Name, string Role)
{
    /// <summary>Whether they have the role.</summary>
    public bool Is(string role) => string.Equals(Role, role, StringComparison.Ordinal);
}
