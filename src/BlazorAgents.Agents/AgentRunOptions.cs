using BlazorAgents.Agents.Structured;
using BlazorAgents.Agents.Tools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>What one run changes about its agent. Null keeps the agent's own value.</summary>
public sealed record AgentRunOptions
{
    /// <summary>Tools for this run only, on top of the agent's. One of a name that the agent uses itself is left out: the agent's stays.</summary>
    public IReadOnlyList<AITool> Tools { get; init; } = [];

    /// <summary>The model or deployment.</summary>
    public string? ModelId { get; init; }

    /// <summary>Randomness, 0.0 to 2.0.</summary>
    public float? Temperature { get; init; }

    /// <summary>Most tokens of the answer.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Nucleus sampling, above 0.0 to 1.0.</summary>
    public float? TopP { get; init; }

    /// <summary>
    /// Whether the provider stores the answer. Null: it does for a thread on its side, and does not otherwise. True moves a plain
    /// thread with its messages to the provider, where the client can do that.
    /// </summary>
    public bool? Store { get; init; }

    /// <summary>Caps of the tool loop.</summary>
    public ToolLoopOptions? Limits { get; init; }

    /// <summary>Tokens that the same answer used before it waited for people, in and out; they count towards <see cref="ToolLoopOptions.MaxTokens"/>.</summary>
    public long UsedTokens { get; init; }

    /// <summary>Decides which calls run and which wait; null lets all run but those of tools that ask for approval.</summary>
    public IToolGate? Gate { get; init; }

    /// <summary>The person on whose behalf the agent acts, for its tools.</summary>
    public ToolCaller? Caller { get; init; }

    /// <summary>What the answer must look like: it is checked, and the model is asked to correct what does not fit.</summary>
    public StructuredFormat? ResponseFormat { get; init; }
}
