namespace BlazorAgents.E2E.Fixtures;

/// <summary>An account of the application under test.</summary>
public sealed record Person(string Email, string Password)
{
    /// <summary>The administrator made at the start.</summary>
    public static Person Admin { get; } = new(AppProcess.AdminEmail, AppProcess.AdminPassword);
}
