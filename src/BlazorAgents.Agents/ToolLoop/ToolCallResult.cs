namespace BlazorAgents.Agents.ToolLoop;

/// <summary>How a call ended and the text that the model gets.</summary>
internal sealed record ToolCallResult(ToolOutcome Outcome, string Text, TimeSpan Duration = default)
{
    public static ToolCallResult Refused(string text) => new(ToolOutcome.Refused, text);

    public static ToolCallResult Answered(string text) => new(ToolOutcome.Answered, text);

    public static ToolCallResult Unknown(string name, IEnumerable<string> granted)
    {
        var names = string.Join(", ", granted);
        return new(ToolOutcome.UnknownTool, $"Error: there is no tool named \"{name}\". " + (names.Length == 0
            ? "No tools can be called here; answer without one."
            : $"The tools are: {names}."));
    }

    public static ToolCallResult Invalid(IReadOnlyList<string> errors) =>
        new(ToolOutcome.InvalidArguments, $"Error: the arguments are invalid and the tool did not run. {string.Join(" ", errors)}");

    public static ToolCallResult Cancelled(string why) => new(ToolOutcome.Cancelled, $"Error: the tool was stopped or did not run. {why}");
}
