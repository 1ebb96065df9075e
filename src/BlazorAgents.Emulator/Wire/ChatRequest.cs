using System.Text.Json;

namespace BlazorAgents.Emulator.Wire;

/// <summary>A valid chat completion request.</summary>
public sealed record ChatRequest
{
    /// <summary>Model id as asked.</summary>
    public required string Model { get; init; }

    /// <summary>All messages, oldest first.</summary>
    public required IReadOnlyList<ChatTurn> Messages { get; init; }

    /// <summary>Functions on offer; empty if none or if tool_choice is "none".</summary>
    public IReadOnlyList<ToolSpec> Tools { get; init; } = [];

    /// <summary>The model must call a tool.</summary>
    public bool MustCallTool { get; init; }

    /// <summary>The one function that must be called, or null.</summary>
    public string? ForcedTool { get; init; }

    /// <summary>Whether one answer may hold several calls.</summary>
    public bool ParallelCalls { get; init; } = true;

    /// <summary>Whether the answer is an SSE stream.</summary>
    public bool Stream { get; init; }

    /// <summary>Whether the stream ends with a usage chunk.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>JSON schema the answer must satisfy, or null.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>The answer must be some JSON object (response_format json_object).</summary>
    public bool JsonObject { get; init; }

    /// <summary>Most tokens to write, or null.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The answer ends before any of these.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];
}
