namespace BlazorAgents.Emulator.Demo;

/// <summary>How fast the demo model writes: time to the first token, then tokens per second (0 means no waiting).</summary>
public sealed record DemoPace(TimeSpan FirstToken, double TokensPerSecond)
{
    /// <summary>About as fast as a person can follow: 300 ms, then 50 tokens a second.</summary>
    public static DemoPace Human { get; } = new(TimeSpan.FromMilliseconds(300), 50);

    /// <summary>Everything at once, for tests.</summary>
    public static DemoPace Instant { get; } = new(TimeSpan.Zero, 0);

    internal TimeSpan For(string piece) =>
        TokensPerSecond > 0 ? TimeSpan.FromSeconds(Tokens.Count(piece) / TokensPerSecond) : TimeSpan.Zero;
}
