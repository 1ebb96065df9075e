namespace BlazorAgents.Web.Features.Tools;

/// <summary>The stretches of time that figures are shown for.</summary>
internal static class ToolPeriods
{
    private const string Default = "7d";

    /// <summary>How each stands in an address, how long it is and its words.</summary>
    public static IReadOnlyList<(string Key, TimeSpan Length, string Words)> All { get; } =
    [
        ("24h", TimeSpan.FromHours(24), "24 hours"),
        ("7d", TimeSpan.FromDays(7), "7 days"),
        ("30d", TimeSpan.FromDays(30), "30 days"),
        ("90d", TimeSpan.FromDays(90), "90 days"),
    ];

    /// <summary>The period of an address; the default where it says none, null where it is not known.</summary>
    public static (string Key, TimeSpan Length, string Words)? Find(string? key)
    {
        var wanted = string.IsNullOrWhiteSpace(key) ? Default : key.Trim();
        return All.Where(period => period.Key == wanted).Select(period => ((string, TimeSpan, string)?)period).FirstOrDefault();
    }

    /// <summary>What is wrong with a period that is not known.</summary>
    public static string Problem => $"period: only {string.Join(", ", All.Select(period => period.Key))} are known.";

    /// <summary>How it stands in an address; the default does not.</summary>
    public static string? InAddress(string? key) => string.IsNullOrWhiteSpace(key) || key.Trim() == Default ? null : key.Trim();
}
