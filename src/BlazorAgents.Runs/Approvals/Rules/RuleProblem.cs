namespace BlazorAgents.Runs;

/// <summary>What is wrong with a rule.</summary>
/// <param name="Field">The field of <see cref="RuleInput"/>: <c>ToolPattern</c>, <c>Conditions[1].Path</c>.</param>
/// <param name="Message">One or two sentences for the person who edits it.</param>
public sealed record RuleProblem(string Field, string Message);
