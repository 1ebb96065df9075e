namespace BlazorAgents.Agents.Structured;

/// <summary>Why there is no value.</summary>
public enum StructuredProblem
{
    /// <summary>The answer does not fit its form, even after the corrections.</summary>
    Invalid,

    /// <summary>The model refused to answer; the raw text is its refusal.</summary>
    Refused,

    /// <summary>The answer was cut at the token limit.</summary>
    Truncated,

    /// <summary>The provider's content filter cut or withheld the answer.</summary>
    Filtered,

    /// <summary>The model ended without an answer.</summary>
    Empty,

    /// <summary>A limit of the tool loop ended the run before the answer.</summary>
    ToolLimit,
}
