namespace BlazorAgents.Runs;

/// <summary>What occurs in a list of requests, to offer as filters; each by name, at most 200.</summary>
public sealed record ApprovalFacets(IReadOnlyList<string> Tools, IReadOnlyList<ApprovalFacet> Agents, IReadOnlyList<ApprovalFacet> Requesters)
{
    /// <summary>Of an empty list.</summary>
    public static ApprovalFacets None { get; } = new([], [], []);
}
