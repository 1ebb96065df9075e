using System.ComponentModel;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>What the extracting behaviours look for, as in the guide.</summary>
[Description("Structured contact information.")]
public sealed record Contact(
    [property: Description("Full name")] string Name,
    [property: Description("Email address")] string Email,
    [property: Description("Phone number")] string? Phone,
    [property: Description("Company name")] string? Company)
{
    /// <summary>A text with a contact in it.</summary>
    public const string Text = "Please add John Smith to my contacts. His email is john.smith@example.com and he works at TechCorp. His phone number is 555-0123.";

    /// <summary>The contact in the text.</summary>
    public static Contact JohnSmith { get; } = new("John Smith", "john.smith@example.com", "555-0123", "TechCorp");
}
