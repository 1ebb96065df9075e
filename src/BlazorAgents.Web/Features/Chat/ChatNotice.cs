namespace BlazorAgents.Web.Features.Chat;

/// <summary>A refused or failed action, for the user.</summary>
/// <param name="Text">What happened and what to do.</param>
/// <param name="CorrelationId">Ties an unexpected failure to the log; null when the request was simply refused.</param>
public sealed record ChatNotice(string Text, string? CorrelationId = null);
