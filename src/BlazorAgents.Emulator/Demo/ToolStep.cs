using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo;

/// <summary>A tool call with its result.</summary>
internal sealed record ToolStep(ToolCall Call, string Result)
{
    public static IReadOnlyList<ToolStep> From(IReadOnlyList<ChatTurn> turns, int start)
    {
        var steps = new List<ToolStep>();
        var calls = new Dictionary<string, ToolCall>();
        foreach (var turn in turns.Skip(start))
        {
            foreach (var call in turn.ToolCalls)
            {
                calls[call.Id] = call;
            }

            if (turn.Role == "tool" && calls.TryGetValue(turn.ToolCallId ?? "", out var answered))
            {
                steps.Add(new ToolStep(answered, turn.Text));
            }
        }

        return steps;
    }
}
