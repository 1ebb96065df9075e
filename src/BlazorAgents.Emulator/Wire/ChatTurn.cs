namespace BlazorAgents.Emulator.Wire;

/// <summary>One message of a request. Text joins its text parts; Images counts its image parts.</summary>
public sealed record ChatTurn(string Role, string Text, int Images, IReadOnlyList<ToolCall> ToolCalls, string? ToolCallId)
{
    /// <summary>Whether the message instructs the model (system or developer).</summary>
    public bool IsInstruction => Role is "system" or "developer";
}
