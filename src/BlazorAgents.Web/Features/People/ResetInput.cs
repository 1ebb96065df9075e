namespace BlazorAgents.Web.Features.People;

/// <summary>The field of the form that resets a password.</summary>
public sealed class ResetInput
{
    /// <summary>The new password.</summary>
    public string? Password { get; set; }
}
