namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>An argument of a tool that a condition may look at.</summary>
/// <param name="Path">As a condition names it: <c>$.items[*].quantity</c>.</param>
/// <param name="Type">Its JSON schema type, if the schema says one.</param>
public sealed record RuleArgument(string Path, string? Type);
