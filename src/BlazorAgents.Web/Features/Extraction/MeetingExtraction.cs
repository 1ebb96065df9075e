using System.ComponentModel;

namespace BlazorAgents.Web.Features.Extraction;

/// <summary>The guide's meeting.</summary>
[Description("Meeting details.")]
public sealed record MeetingExtraction(
    [property: Description("Meeting date, as the text says it")] string Date,
    [property: Description("Meeting time, as the text says it")] string Time,
    [property: Description("List of attendees")] IReadOnlyList<string> Attendees,
    [property: Description("Meeting topic")] string Topic,
    [property: Description("Meeting location")] string? Location = null);
