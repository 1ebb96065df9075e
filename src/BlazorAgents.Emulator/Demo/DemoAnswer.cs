using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo;

/// <summary>What the demo model says: text, tool calls, or both.</summary>
internal sealed record DemoAnswer(string Text, IReadOnlyList<ToolCall> Calls)
{
    public static DemoAnswer Say(string text) => new(text, []);
}
