using System.ComponentModel;

namespace BlazorAgents.Agents.Tests.Structured;

[Description("Structured contact information.")]
public sealed record ContactInfo(
    [property: Description("Full name")] string Name,
    [property: Description("Email address")] string Email,
    [property: Description("Phone number")] string? Phone = null,
    [property: Description("Company name")] string? Company = null);
