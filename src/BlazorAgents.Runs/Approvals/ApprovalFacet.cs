namespace BlazorAgents.Runs;

/// <summary>Something to filter a list by.</summary>
/// <param name="Id">What the filter takes.</param>
/// <param name="Name">What people read.</param>
public sealed record ApprovalFacet(string Id, string Name);
