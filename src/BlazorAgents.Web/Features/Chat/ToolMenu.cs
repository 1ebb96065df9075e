using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>The tools that a person may choose from.</summary>
/// <param name="Offers">The agent's own, then those that may be added.</param>
/// <param name="Gone">Names that were chosen and are not theirs any more: they were taken off the choice.</param>
/// <param name="Fault">Why they could not be read; null when they were.</param>
public sealed record ToolMenu(IReadOnlyList<ToolOffer> Offers, IReadOnlyList<string> Gone, string? Fault);
