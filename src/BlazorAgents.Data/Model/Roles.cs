namespace BlazorAgents.Data;

/// <summary>The three roles. Admin includes Approver, Approver includes User.</summary>
public static class Roles
{
    /// <summary>Chats.</summary>
    public const string User = "User";

    /// <summary>Decides what agents may do.</summary>
    public const string Approver = "Approver";

    /// <summary>Keeps people, agents, knowledge and settings.</summary>
    public const string Admin = "Admin";

    /// <summary>All roles, least first.</summary>
    public static IReadOnlyList<string> All { get; } = [User, Approver, Admin];
}
