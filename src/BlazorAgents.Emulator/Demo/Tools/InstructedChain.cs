using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Numbered steps in the instructions ("1. First validate the customer") that lead to a wanted tool.</summary>
internal static partial class InstructedChain
{
    public static IReadOnlyList<ToolSpec> For(string instructions, IReadOnlyList<ToolSpec> wanted, ToolChooser chooser)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var steps = Numbered().Matches(instructions).Select(match => chooser.About(match.Groups[1].Value)).OfType<ToolSpec>().Distinct().ToList();
        var last = wanted.Max(steps.IndexOf);
        return last > 0 ? steps[..(last + 1)] : [];
    }

    [GeneratedRegex(@"^\s*\d{1,2}[.)]\s+(.+)$", RegexOptions.Multiline)]
    private static partial Regex Numbered();
}
