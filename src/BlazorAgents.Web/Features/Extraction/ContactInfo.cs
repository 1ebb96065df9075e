using System.ComponentModel;

namespace BlazorAgents.Web.Features.Extraction;

/// <summary>The guide's contact.</summary>
[Description("Structured contact information.")]
public sealed record ContactInfo(
    [property: Description("Full name")] string Name,
    [property: Description("Email address; empty when the text has none")] string Email,
    [property: Description("Phone number")] string? Phone = null,
    [property: Description("Company name")] string? Company = null);
