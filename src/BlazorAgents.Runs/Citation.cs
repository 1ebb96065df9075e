namespace BlazorAgents.Runs;

/// <summary>A source that an answer names. Everything in it is the provider's word.</summary>
/// <param name="Title">The page's or file's name; null when unknown.</param>
/// <param name="Url">The page's address; null for files.</param>
/// <param name="FileId">The provider's id of a file; null for pages.</param>
/// <param name="Snippet">The words quoted; null when not given.</param>
public sealed record Citation(string? Title, string? Url, string? FileId, string? Snippet);
