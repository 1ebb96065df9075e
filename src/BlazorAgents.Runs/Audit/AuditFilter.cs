namespace BlazorAgents.Runs;

/// <summary>Which events to list. What is null leaves nothing out.</summary>
public sealed record AuditFilter
{
    /// <summary>A part of the name of who did it, or their id.</summary>
    public string? Actor { get; init; }

    /// <summary>What the action begins with: <c>provider.</c> or <c>provider.deleted</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The kind of thing it was done to.</summary>
    public string? SubjectType { get; init; }

    /// <summary>The thing it was done to.</summary>
    public string? SubjectId { get; init; }

    /// <summary>The first moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The moment after the last.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>A part of the summary.</summary>
    public string? Search { get; init; }
}
