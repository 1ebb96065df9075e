namespace BlazorAgents.Agents;

/// <summary>Why a run that did not fail ended.</summary>
public enum AgentFinishReason
{
    /// <summary>The model finished its answer.</summary>
    Completed,

    /// <summary>The answer was cut at the token limit.</summary>
    Length,

    /// <summary>The provider's content filter cut or withheld the answer.</summary>
    ContentFilter,

    /// <summary>The model finished without text and without a tool call.</summary>
    Empty,

    /// <summary>A limit of the tool loop ended the run.</summary>
    ToolLimit,

    /// <summary>Calls wait for a person's decision; the run goes on when the thread is given the decisions.</summary>
    AwaitingApproval,
}
