using BlazorAgents.Agents.Structured;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>What an agent is: name, instructions, tools and model settings.</summary>
public sealed record ChatAgentOptions
{
    /// <summary>The agent's name, for people and logs.</summary>
    public string? Name { get; init; }

    /// <summary>The system instructions.</summary>
    public string? Instructions { get; init; }

    /// <summary>Tools of every run.</summary>
    public IReadOnlyList<AITool> Tools { get; init; } = [];

    /// <summary>The model or deployment; null takes the client's default.</summary>
    public string? ModelId { get; init; }

    /// <summary>Randomness, 0.0 to 2.0.</summary>
    public float? Temperature { get; init; }

    /// <summary>Most tokens of an answer.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Nucleus sampling, above 0.0 to 1.0.</summary>
    public float? TopP { get; init; }

    /// <summary>What every answer must look like; null for free text.</summary>
    public StructuredFormat? ResponseFormat { get; init; }

    /// <summary>Caps of the tool loop.</summary>
    public ToolLoopOptions Limits { get; init; } = new();
}
