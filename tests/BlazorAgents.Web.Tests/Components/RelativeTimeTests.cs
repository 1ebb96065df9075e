using System.Globalization;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Components;

namespace BlazorAgents.Web.Tests.Components;

public sealed class RelativeTimeTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 14, 5, 0, TimeSpan.FromHours(1));

    [Theory]
    [InlineData(0.5, "just now")]
    [InlineData(-3, "just now")]
    [InlineData(7, "7 min ago")]
    [InlineData(120, "12:05")]
    [InlineData(24 * 60, "yesterday 14:05")]
    [InlineData(15 * 60, "yesterday 23:05")]
    [InlineData(30 * 24 * 60, "24 Oct 2026")]
    public void Words_ForAnAge_AreThoseOfTheUsersDay(double minutesAgo, string words)
    {
        CultureInfo.CurrentCulture = new CultureInfo("en-GB");

        Assert.Equal(words, RelativeTime.Describe(s_now.AddMinutes(-minutesAgo), s_now));
    }

    [Fact]
    public void Clock_WithTheBrowsersZone_TellsItsTime()
    {
        var clock = new UserClock(new ManualTimeProvider());
        var changes = 0;
        clock.Changed += () => changes++;

        clock.UseZone("Asia/Tokyo");
        clock.UseZone("No/Where");
        clock.UseZone(null);

        Assert.Equal(TimeSpan.FromHours(9), clock.Now.Offset);
        Assert.Equal(1, changes);
    }
}
