namespace BlazorAgents.Data;

/// <summary>What a stored item is.</summary>
public enum ItemKind
{
    /// <summary>Answer text.</summary>
    Text,

    /// <summary>The model's reasoning.</summary>
    Reasoning,

    /// <summary>A tool call.</summary>
    FunctionCall,

    /// <summary>A tool call's result.</summary>
    FunctionResult,

    /// <summary>A sentence of the application's.</summary>
    Notice,

    /// <summary>A call of a tool on the provider's side.</summary>
    HostedTool,

    /// <summary>A source that the answer names.</summary>
    Source,
}
