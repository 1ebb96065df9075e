namespace BlazorAgents.Runs;

/// <summary>A change of the rules that is only tried.</summary>
/// <param name="Changed">A rule that is added, or changed when it has an id.</param>
/// <param name="RemovedId">A rule that is left out.</param>
public sealed record RuleDraft(RuleInput? Changed = null, Guid? RemovedId = null);
