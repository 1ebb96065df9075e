namespace BlazorAgents.Agents.Structured;

/// <summary>The model gave no answer of the form that was asked for. <see cref="Exception.Message"/> is fit for users.</summary>
/// <param name="problem">Why there is no value.</param>
/// <param name="rawText">What the model wrote.</param>
/// <param name="errors">What is wrong with it, field by field; empty unless it is invalid.</param>
public sealed class StructuredOutputException(StructuredProblem problem, string rawText, IReadOnlyList<string>? errors = null)
    : AgentException(problem is StructuredProblem.Filtered ? AgentErrorKind.ContentFilter : AgentErrorKind.BadResponse, Words(problem))
{
    /// <summary>Why there is no value.</summary>
    public StructuredProblem Problem { get; } = problem;

    /// <summary>What the model wrote last, unchanged; not for logs.</summary>
    public string RawText { get; } = rawText;

    /// <summary>What is wrong with it, field by field, in sentences; empty unless it is invalid.</summary>
    public IReadOnlyList<string> Errors { get; } = errors ?? [];

    private static string Words(StructuredProblem problem) => problem switch
    {
        StructuredProblem.Invalid => "The model's answer does not have the form that was asked for, even after it was asked to correct it. Try again, or choose another model.",
        StructuredProblem.Refused => "The model refused to answer. Put the question differently.",
        StructuredProblem.Truncated => "The answer was cut at the token limit before it was complete. Ask for less, or allow more tokens.",
        StructuredProblem.Filtered => "The provider's content filter withheld the answer. Put the question differently.",
        StructuredProblem.Empty => "The model ended without an answer. Try again.",
        _ => "A limit on the use of tools ended the run before the answer.",
    };
}
