using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>The tools of one run.</summary>
/// <param name="Own">The agent's own.</param>
/// <param name="Added">Those at run level.</param>
public sealed record RunTools(IReadOnlyList<AITool> Own, IReadOnlyList<AITool> Added)
{
    /// <summary>Both.</summary>
    public IReadOnlyList<AITool> All => [.. Own, .. Added];
}
