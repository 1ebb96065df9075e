using System.Text.Json;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>One argument that limits an allowance: numbers up to the call's, everything else as it is in the call.</summary>
public sealed class AllowLimit(ArgumentField argument)
{
    /// <summary>The limit counts.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>In words.</summary>
    public string Words => argument.Kind is ArgumentKind.Number ? $"{argument.Name} at most {argument.Original}" : $"{argument.Name} is {argument.Show(argument.Original)}";

    /// <summary>As a condition of a rule.</summary>
    public RuleCondition ToCondition() => new(
        "$" + string.Concat(argument.Path.Select(part => int.TryParse(part, out _) ? $"[{part}]" : $".{part}")),
        argument.Kind is ArgumentKind.Number ? "at_most" : "equals",
        argument.Kind is ArgumentKind.Number or ArgumentKind.Flag ? JsonElement.Parse(argument.Original!) : JsonSerializer.SerializeToElement(argument.Original));
}
