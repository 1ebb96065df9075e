using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>What a person was shown of a call with changed arguments.</summary>
/// <param name="Json">The arguments.</param>
/// <param name="Preview">What the call would do with them.</param>
internal sealed record CheckedChanges(string Json, ToolPreview Preview);
