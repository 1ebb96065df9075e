using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Where arguments may come from.</summary>
/// <param name="Text">What the user wants now.</param>
/// <param name="Asked">The parameter that the demo just asked for, or null; Reply is the user's answer.</param>
/// <param name="Reply">The user's answer to that question.</param>
/// <param name="Earlier">Earlier user texts, newest first.</param>
/// <param name="Steps">Answered calls of the whole conversation, oldest first.</param>
/// <param name="Things">Stems of the things the user names; empty when the text only points back.</param>
/// <param name="Time">Clock for "tomorrow".</param>
internal sealed record Evidence(string Text, string? Asked, string Reply, IReadOnlyList<string> Earlier, IReadOnlyList<ToolStep> Steps, IReadOnlyList<string> Things, TimeProvider Time)
{
    /// <summary>Whether the text points back to something said before.</summary>
    public bool PointsBack => References.PointsBack(Text);

    /// <summary>The value an earlier call had for a parameter of this name, or null.</summary>
    public string? EarlierArgument(string name) => Steps.Reverse()
        .Select(step => WireJson.TryParse(step.Call.Arguments, out var arguments) ? arguments.Text(name) : null)
        .FirstOrDefault(value => value is { Length: > 0 });
}
