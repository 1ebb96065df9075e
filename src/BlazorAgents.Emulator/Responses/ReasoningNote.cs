using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Demo.Tools;

namespace BlazorAgents.Emulator.Responses;

/// <summary>The summary of what the rules did, in place of a model's reasoning.</summary>
internal static class ReasoningNote
{
    public static string For(DemoAnswer answer, int round)
    {
        var opening = round == 0 ? "**Reading the question**\n\nThis is the offline demo: rules, not a language model. " : "**Reading the results**\n\n";
        return opening + (answer.Calls.Count > 0
            ? $"The words of the question fit {string.Join(" and ", answer.Calls.Select(call => $"the tool “{Names.Readable(call.Name)}”").Distinct())}, so it is called with what the question says."
            : round == 0 ? "No tool is needed; a rule words the answer." : "The tools have answered; a rule words their results.");
    }
}
