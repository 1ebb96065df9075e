using System.Text.Json;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>A condition as it is typed.</summary>
public sealed class ConditionFields
{
    private readonly RuleCondition? _stored;
    private readonly (string Path, string Operator, string Value) _as;

    /// <summary>An empty row.</summary>
    public ConditionFields()
    {
    }

    /// <summary>A stored condition.</summary>
    public ConditionFields(RuleCondition stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        (Path, Operator, Value) = (stored.Path, stored.Operator, ConditionText.Of(stored.Value ?? default));
        (_stored, _as) = (stored, (Path, Operator, Value));
    }

    /// <summary>The argument: <c>$.quantity</c>, or <c>quantity</c> for short.</summary>
    public string? Path { get; set; } = "";

    /// <summary>One of <see cref="RuleCondition.Operators"/>.</summary>
    public string? Operator { get; set; } = "equals";

    /// <summary>The value; see <see cref="ConditionText"/>.</summary>
    public string? Value { get; set; } = "";

    /// <summary>The operator compares with something.</summary>
    public bool TakesValue => Operator is not ("exists" or "missing");

    /// <summary>The path as a rule has it.</summary>
    public string FullPath => Path?.Trim() is { Length: > 0 } path ? path.StartsWith('$') ? path : path.StartsWith('[') ? "$" + path : "$." + path : "";

    /// <summary>The condition; one that nobody touched is the stored one to the last character.</summary>
    /// <param name="type">The argument's JSON schema type, if the tool tells.</param>
    public RuleCondition Read(string? type) =>
        _stored is not null && _as == (Path, Operator, Value)
            ? _stored
            : new RuleCondition(FullPath, Operator ?? "", TakesValue && !string.IsNullOrEmpty(Value) ? ConditionText.Read(Value, Operator ?? "", type) : (JsonElement?)null);
}
