using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>What became of one decision about several requests.</summary>
/// <param name="Decided">Those that it counts for.</param>
/// <param name="LeftOut">The others; nothing changed about them.</param>
public sealed record BatchDecision(IReadOnlyList<Approval> Decided, IReadOnlyList<BatchOmission> LeftOut);
