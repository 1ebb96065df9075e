namespace BlazorAgents.Web.Features.People;

/// <summary>An account as administrators see it.</summary>
public sealed record Person(string Id, string DisplayName, string Email, string Role, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt)
{
    /// <summary>Whether the account may sign in.</summary>
    public bool IsEnabled => DisabledAt is null;
}
