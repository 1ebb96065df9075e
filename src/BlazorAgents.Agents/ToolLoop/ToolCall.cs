using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>A tool call of the model and, once it ended, its result.</summary>
internal sealed class ToolCall(FunctionCallContent content)
{
    public string Id { get; } = content.CallId;

    public string Name { get; } = content.Name;

    /// <summary>The model's text, not yet checked.</summary>
    public string ArgumentsText { get; } = content.GetArgumentsText();

    public ToolCallResult? Result { get; set; }

    /// <summary>True once the end of the call was sent to the reader.</summary>
    public bool IsReported { get; set; }

    public AgentUpdate.ToolCallStarted Started() => new(Id, Name, ArgumentsText);

    public AgentUpdate.ToolCallFinished Finished()
    {
        var result = Result ?? throw new InvalidOperationException("The call has not ended.");
        return new(Id, Name, result.Text, result.Outcome, result.Duration);
    }
}
