using System.ComponentModel;

namespace BlazorAgents.Agents.Tests.Structured;

[Description("Extract meeting details from text.")]
public sealed record MeetingExtraction(
    [property: Description("Meeting date")] string Date,
    [property: Description("Meeting time")] string Time,
    [property: Description("List of attendees")] IReadOnlyList<string> Attendees,
    [property: Description("Meeting topic")] string Topic,
    [property: Description("Meeting location")] string? Location = null);
