using BlazorAgents.Emulator.Demo.Extract;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>What to do next: calls to make, and the parameter to ask the user for.</summary>
/// <param name="Wanted">Tools the user's text is about.</param>
/// <param name="Calls">Calls that are ready.</param>
/// <param name="MissingTool">Tool that cannot be called yet.</param>
/// <param name="Missing">Its parameter without a value.</param>
internal sealed record ToolPlan(IReadOnlyList<ToolSpec> Wanted, IReadOnlyList<FilledCall> Calls, ToolSpec? MissingTool, SchemaNode? Missing)
{
    public static ToolPlan Nothing { get; } = new([], [], null, null);
}
