namespace BlazorAgents.Runs;

/// <summary>The kinds of things an answer is made of, as a reader sees them.</summary>
public enum RunItemKind
{
    /// <summary>Markdown text.</summary>
    Text,

    /// <summary>The model's reasoning, Markdown.</summary>
    Reasoning,

    /// <summary>A tool call with its result, once there is one.</summary>
    ToolCall,

    /// <summary>A sentence of the application's about the run: a limit, a repaired fault.</summary>
    Notice,

    /// <summary>A call of a tool on the provider's side, as it stands.</summary>
    HostedTool,

    /// <summary>A source that the text before it names.</summary>
    Source,
}
