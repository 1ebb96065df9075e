using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Conversations;

namespace BlazorAgents.Web.Tests.Conversations;

public sealed class ConversationGroupTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 23, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Groups_OfAllAges_AreInOrderWithTheirHeadings()
    {
        var groups = Make(TimeZoneInfo.Utc, Item(0), Item(1), Item(3), Item(7), Item(8), Item(60), Item(400), Item(90, pinned: true));

        Assert.Equal(
            ["Pinned", "Today", "Yesterday", "Previous 7 days", "November", "September", "October 2025"],
            groups.Select(group => group.Heading));
        Assert.Equal(2, groups[3].Items.Count);
    }

    [Fact]
    public void Groups_InTheUsersZone_TurnTheDayWhenItsClockDoes()
    {
        var hourAgo = new ConversationSummary(Guid.NewGuid(), "x", "a", null, false, s_now.AddHours(-1), false);

        // 23:30 UTC is 00:30 of the next day in Berlin, so an hour ago was yesterday there.
        Assert.Equal("Today", Make(TimeZoneInfo.Utc, hourAgo)[0].Heading);
        Assert.Equal("Yesterday", Make(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), hourAgo)[0].Heading);
    }

    [Fact]
    public void Groups_FromAClockAhead_CountAsToday() => Assert.Equal("Today", Make(TimeZoneInfo.Utc, Item(-2))[0].Heading);

    [Fact]
    public void Groups_OutOfOrder_AreSortedNewestFirst()
    {
        var (old, young) = (Item(5), Item(4));

        Assert.Equal([young, old], Make(TimeZoneInfo.Utc, old, young)[0].Items);
    }

    [Theory]
    [InlineData("c/01a2070f-920f-7792-9969-da2596ec258a", true)]
    [InlineData("c/01a2070f-920f-7792-9969-da2596ec258a?x=1#y", true)]
    [InlineData("c/not-an-id", false)]
    [InlineData("people", false)]
    [InlineData("", false)]
    public void Address_IsReadBack_OnlyWhenItNamesAConversation(string address, bool found) =>
        Assert.Equal(found ? Guid.Parse("01a2070f-920f-7792-9969-da2596ec258a") : null, ConversationAddress.Find(address));

    private static IReadOnlyList<ConversationGroup> Make(TimeZoneInfo zone, params ConversationSummary[] items) =>
        ConversationGroup.Make(items, s_now, zone);

    private static ConversationSummary Item(int daysAgo, bool pinned = false) =>
        new(Guid.NewGuid(), $"{daysAgo} days ago", "assistant", null, pinned, s_now.AddDays(-daysAgo), false);
}
