using System.Globalization;
using System.Runtime.InteropServices;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>Counts journalled calls.</summary>
internal sealed class ToolTally
{
    private const int Codes = 8;
    private readonly int[] _counts = new int[Codes];
    private readonly List<long> _timed = [];

    /// <summary>The calls since then by tool and agent, in one pass.</summary>
    /// <remarks>
    /// Few columns and numbers for texts: what crosses from the database costs more than what it reads. It could count by itself, but for the
    /// percentiles it would sort the rows, which takes longer.
    /// </remarks>
    public static async Task<Dictionary<string, Dictionary<string, ToolTally>>> CountAsync(
        IQueryable<ToolExecution> calls, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var tallies = new Dictionary<string, Dictionary<string, ToolTally>>(StringComparer.Ordinal);
        var first = FirstIdAt(since);
        var coded = calls.Where(e => e.Id.CompareTo(first) >= 0 && e.StartedAt >= since).Select(e => new
        {
            e.ToolName,
            e.AgentId,
            Code = (e.DurationUs * Codes) + (e.State == ToolExecutionState.Succeeded ? 1
                : e.State == ToolExecutionState.Failed ? 2
                : e.State == ToolExecutionState.TimedOut ? 3
                : e.State == ToolExecutionState.Refused ? 4
                : e.State == ToolExecutionState.Cancelled ? 5
                : e.State == ToolExecutionState.Started ? 6
                : 7),
        });
        await foreach (var call in coded.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            ref var byAgent = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, call.ToolName, out _);
            byAgent ??= new Dictionary<string, ToolTally>(StringComparer.Ordinal);
            ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(byAgent, call.AgentId, out _);
            tally ??= new ToolTally();
            tally.Add(call.Code);
        }

        return tallies;
    }

    /// <summary>The lowest id of a call that began then: ids grow with time, and their order is that of the rows in the file.</summary>
    public static Guid FirstIdAt(DateTimeOffset time)
    {
        var milliseconds = Math.Max(0, time.ToUnixTimeMilliseconds()).ToString("x12", CultureInfo.InvariantCulture);
        return Guid.ParseExact($"{milliseconds}{new string('0', 20)}", "N");
    }

    private void Add(long coded)
    {
        var (duration, code) = Math.DivRem(coded, Codes);
        _counts[code]++;
        if (code is 1 or 2 or 3)
        {
            _timed.Add(duration);
        }
    }

    /// <summary>All of them together.</summary>
    public static ToolFigures Sum(IReadOnlyList<ToolTally> tallies)
    {
        if (tallies is [var only])
        {
            return only.ToFigures();
        }

        var sum = new ToolTally();
        foreach (var tally in tallies)
        {
            for (var code = 0; code < Codes; code++)
            {
                sum._counts[code] += tally._counts[code];
            }

            sum._timed.AddRange(tally._timed);
        }

        return sum.ToFigures();
    }

    public ToolFigures ToFigures()
    {
        CollectionsMarshal.AsSpan(_timed).Sort();
        return new ToolFigures(_counts[1], _counts[2], _counts[3], Unknown: _counts[7], Cancelled: _counts[5], Running: _counts[6], Refused: _counts[4], Rank(50), Rank(95));
    }

    // The nearest rank, counted from 1: the percentile of the number of calls, rounded up.
    private TimeSpan? Rank(long percent) =>
        _timed.Count == 0 ? null : TimeSpan.FromMicroseconds(_timed[(int)(((_timed.Count * percent) + 99) / 100) - 1]);
}
