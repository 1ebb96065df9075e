using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>An answer's unsaved rows at one moment.</summary>
/// <param name="Rows">The rows, in order.</param>
/// <param name="ClosedCount">How many of them, from the first, will not change again.</param>
/// <param name="Open">The item of the last row when it may still grow.</param>
/// <param name="OpenLength">How much of that item the row holds, in characters.</param>
internal sealed record StagedItems(IReadOnlyList<ConversationItem> Rows, int ClosedCount, RunItem? Open, int OpenLength);
