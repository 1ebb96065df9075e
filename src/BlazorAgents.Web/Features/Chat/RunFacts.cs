using System.Globalization;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>Numbers of a run in words.</summary>
public static class RunFacts
{
    /// <summary>"1,204 in · 356 out · 3.2 s · model", as far as known.</summary>
    public static string Usage(RunState state)
    {
        var facts = new List<string>(4);
        if (state.InputTokens + state.OutputTokens > 0)
        {
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"{state.InputTokens:N0} in"));
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"{state.OutputTokens:N0} out"));
        }

        if (state is { StartedAt: { } start, EndedAt: { } end })
        {
            facts.Add(Duration(end - start));
        }

        if (state.ModelId is { Length: > 0 } model)
        {
            facts.Add(model);
        }

        return string.Join(" · ", facts);
    }

    /// <summary>"40 ms", "3.2 s", "2 min 5 s".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 950 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalMilliseconds):0} ms"),
        { TotalSeconds: < 59.5 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
    };
}
