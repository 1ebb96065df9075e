using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>Arithmetic on the shown path, so that what did not change stays the same object and is not drawn again.</summary>
public static class TurnPath
{
    /// <summary>Turns kept on the page at most; older ones are read again on demand.</summary>
    public const int Limit = 200;

    /// <summary>Turns left when the limit is passed.</summary>
    public const int Trimmed = 60;

    /// <summary>The path that ends in <paramref name="last"/>, or null when it does not join the turns at hand.</summary>
    public static IReadOnlyList<TurnView>? EndWith(IReadOnlyList<TurnView> turns, TurnView last)
    {
        var keep = IndexOf(turns, turn => turn.Id == last.Id);
        if (keep < 0)
        {
            keep = last.ParentRunId is { } parent ? IndexOf(turns, turn => turn.Run.Id == parent) + 1 : 0;
            if (keep == 0 && last.ParentRunId is not null)
            {
                return null;
            }
        }

        return [.. turns.Take(keep), last];
    }

    /// <summary>The page just read, with the objects at hand in place of equal ones.</summary>
    public static IReadOnlyList<TurnView> Reuse(IReadOnlyList<TurnView> read, IReadOnlyList<TurnView> known)
    {
        var byRun = known.ToDictionary(turn => turn.Run.Id);
        return [.. read.Select(turn => byRun.TryGetValue(turn.Run.Id, out var old) ? Same(turn, old) : turn)];
    }

    /// <summary>True when both show the same message and answer with the same versions beside them.</summary>
    public static bool AreEqual(TurnView a, TurnView b) =>
        a.Id == b.Id
        && IsSameRun(a.Run, b.Run)
        && a.SiblingTurns.SequenceEqual(b.SiblingTurns)
        && a.SiblingRuns.SequenceEqual(b.SiblingRuns);

    private static TurnView Same(TurnView read, TurnView old) =>
        AreEqual(read, old) ? old : IsSameRun(read.Run, old.Run) ? read with { Run = old.Run } : read;

    private static bool IsSameRun(RunView a, RunView b) =>
        ReferenceEquals(a, b)
        || (a.Id == b.Id && !a.State.IsActive && a.State.Status == b.State.Status && a.State.EndedAt == b.State.EndedAt);

    private static int IndexOf(IReadOnlyList<TurnView> turns, Func<TurnView, bool> match)
    {
        for (var i = turns.Count - 1; i >= 0; i--)
        {
            if (match(turns[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
