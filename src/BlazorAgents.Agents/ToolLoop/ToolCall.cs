using BlazorAgents.Agents.Tools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>A tool call of the model and, once it ended, its result.</summary>
internal sealed class ToolCall(FunctionCallContent content)
{
    public string Id { get; } = content.CallId;

    public string Name { get; } = content.Name;

    /// <summary>The model's text, not yet checked.</summary>
    public string ArgumentsText { get; } = content.GetArgumentsText();

    /// <summary>The call as the model made it, or as a person changed it.</summary>
    public FunctionCallContent Content { get; } = content;

    /// <summary>What a person decided, for a call that comes back from waiting.</summary>
    public ToolDecision? Decision { get; init; }

    /// <summary>The checked call; null until it was checked, and for one that cannot run.</summary>
    public ToolRequest? Request { get; set; }

    /// <summary>What the tool is given to recognise the call again; null until it may run.</summary>
    public string? Key { get; set; }

    /// <summary>The request that a person has to decide first; null for a call that does not wait.</summary>
    public string? WaitsFor { get; set; }

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
