using System.Globalization;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Conversations;

/// <summary>Conversations under one heading of the list, newest first.</summary>
/// <param name="Heading">"Pinned", a day or a month, in words.</param>
/// <param name="Items">At least one.</param>
public sealed record ConversationGroup(string Heading, IReadOnlyList<ConversationSummary> Items)
{
    /// <summary>Groups by the days of <paramref name="zone"/>; <paramref name="now"/> is any moment of today.</summary>
    public static IReadOnlyList<ConversationGroup> Make(IEnumerable<ConversationSummary> conversations, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        return
        [
            .. conversations
                .OrderByDescending(conversation => conversation.IsPinned)
                .ThenByDescending(conversation => conversation.UpdatedAt)
                .GroupBy(conversation => conversation.IsPinned
                    ? "Pinned"
                    : HeadingOf(TimeZoneInfo.ConvertTime(conversation.UpdatedAt, zone).Date, today))
                .Select(group => new ConversationGroup(group.Key, [.. group])),
        ];
    }

    private static string HeadingOf(DateTime day, DateTime today) => (today - day).Days switch
    {
        <= 0 => "Today",
        1 => "Yesterday",
        <= 7 => "Previous 7 days",
        _ when day.Year == today.Year => day.ToString("MMMM", CultureInfo.CurrentCulture),
        _ => day.ToString("MMMM yyyy", CultureInfo.CurrentCulture),
    };
}
