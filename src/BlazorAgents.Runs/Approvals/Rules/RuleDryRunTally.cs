using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>Counts the calls of a dry run and keeps a few as examples.</summary>
internal sealed class RuleDryRunTally
{
    private const int MaxExamples = 20;
    private readonly int[,] _counts = new int[3, 3];
    private readonly List<RuleDryRunCall>[] _changed = [[], [], []];
    private readonly List<RuleDryRunCall>[] _same = [[], [], []];

    public int Total { get; private set; }

    /// <summary>Counts a call; it is only made when there is room for another example.</summary>
    public void Add(RuleOutcome current, RuleOutcome draft, Func<RuleOutcome, RuleOutcome, RuleDryRunCall> call)
    {
        Total++;
        _counts[(int)current.Effect, (int)draft.Effect]++;
        var examples = (current.Effect == draft.Effect ? _same : _changed)[(int)draft.Effect];
        if (examples.Count < MaxExamples)
        {
            examples.Add(call(current, draft));
        }
    }

    public RuleDryRunReport ToReport(bool isLimited)
    {
        var effects = Enum.GetValues<RuleEffect>();
        return new RuleDryRunReport(
            Total,
            Sum(RuleEffect.Allow),
            Sum(RuleEffect.Ask),
            Sum(RuleEffect.Deny),
            [
                .. from before in effects
                   from after in effects
                   let count = _counts[(int)before, (int)after]
                   where before != after && count > 0
                   orderby count descending
                   select new RuleDryRunChange(before, after, count),
            ],
            effects.ToDictionary(
                e => e, IReadOnlyList<RuleDryRunCall> (e) => [.. _changed[(int)e].Concat(_same[(int)e]).Take(MaxExamples)]),
            isLimited);

        int Sum(RuleEffect effect) => effects.Sum(before => _counts[(int)before, (int)effect]);
    }
}
