using System.Text.Json;

namespace BlazorAgents.Runs;

/// <summary>One condition on a call's arguments.</summary>
/// <param name="Path"><c>$.a.b</c>, <c>$.items[0].x</c>, or <c>$.items[*].x</c>: any element where a rule asks or denies, every one, and at least one, where it allows.</param>
/// <param name="Operator">One of <see cref="Operators"/>.</param>
/// <param name="Value">What to compare with; none for <c>exists</c> and <c>missing</c>.</param>
public sealed record RuleCondition(string Path, string Operator, JsonElement? Value = null)
{
    /// <summary>Most conditions of one rule.</summary>
    public const int MaxCount = 20;

    /// <summary>
    /// All operators. <c>contains</c> and <c>matches</c> (a glob) ignore case, all else compares exactly; numbers compare as decimals.
    /// <c>missing</c> holds where no such value is found.
    /// </summary>
    public static IReadOnlyList<string> Operators { get; } =
    [
        "equals", "not_equals", "at_least", "at_most", "more_than", "less_than", "contains", "matches", "one_of", "exists", "missing",
    ];

    /// <summary>The conditions as a rule stores them.</summary>
    public static string ToJson(IEnumerable<RuleCondition> conditions) => JsonSerializer.Serialize(conditions.Select(c =>
    {
        var stored = new Dictionary<string, object?> { ["path"] = c.Path, ["operator"] = c.Operator };
        if (c.Value is { ValueKind: not JsonValueKind.Undefined } value)
        {
            stored["value"] = value;
        }

        return stored;
    }));
}
