using BlazorAgents.Agents.Tools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>A tool call of the model and, once it ended, its result. One that the provider makes itself is answered with yes or no instead of carried out.</summary>
internal sealed class ToolCall
{
    public ToolCall(FunctionCallContent content)
    {
        (Id, Name, ArgumentsText, Content) = (content.CallId, content.Name, content.GetArgumentsText(), content);
    }

    /// <summary>A call at an MCP server that the provider asks to make.</summary>
    public ToolCall(string requestId, McpServerToolCallContent hosted)
    {
        (Id, Name, ArgumentsText) = (requestId, HostedMcpFunction.NameOf(hosted.ServerName, hosted.Name), hosted.GetArgumentsText());
        Hosted = hosted;
    }

    /// <summary>The model's id of the call, or the provider's of its request.</summary>
    public string Id { get; }

    public string Name { get; }

    /// <summary>The model's text, not yet checked.</summary>
    public string ArgumentsText { get; }

    /// <summary>The call as the model made it, or as a person changed it; null for a call that the provider makes.</summary>
    public FunctionCallContent? Content { get; }

    /// <summary>The call that the provider asks to make; null for one that is carried out here.</summary>
    public McpServerToolCallContent? Hosted { get; }

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

    /// <summary>The provider may make the call, and nobody knows yet how it ends.</summary>
    public bool IsLeftToProvider => Hosted is not null && Key is not null && Result is null;

    /// <summary>The call waits for a person.</summary>
    public bool Waits => WaitsFor is not null && Result is null;

    public AgentUpdate.ToolCallStarted Started() => new(Id, Name, ArgumentsText, Hosted?.ServerName);

    public AgentUpdate.ToolCallFinished Finished()
    {
        var result = Result ?? throw new InvalidOperationException("The call has not ended.");
        return new(Id, Name, result.Text, result.Outcome, result.Duration);
    }
}
