using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Structured;

/// <summary>Checks the last answer of a run, and asks for corrections as long as there may be any.</summary>
internal sealed class AnswerReview(StructuredFormat format, int maxRepairs)
{
    private int _round;

    /// <summary>The valid answer, once there is one.</summary>
    public StructuredAnswer? Answer { get; private set; }

    /// <summary>What the model is told about a rejected answer.</summary>
    public static string Feedback(IReadOnlyList<string> errors) =>
        $"Your answer does not fit the required form:\n{string.Join('\n', errors.Select(error => "- " + error))}\nAnswer again with the whole corrected JSON and nothing else.";

    /// <summary>Null when the answer is valid, and when there is none to correct: a failure, a refusal, a cut or empty answer.</summary>
    /// <exception cref="StructuredOutputException">The answer is not valid and there were corrections enough.</exception>
    public AgentUpdate.AnswerRejected? Reject(ModelStep step)
    {
        var isWhole = step is { Fault: null, HasText: true, IsRefusal: false }
            && step.FinishReason != ChatFinishReason.Length
            && step.FinishReason != ChatFinishReason.ContentFilter;
        if (!isWhole)
        {
            return null;
        }

        var answer = format.Read(step.Text);
        if (answer.IsValid)
        {
            Answer = answer;
            return null;
        }

        return ++_round > maxRepairs
            ? throw new StructuredOutputException(StructuredProblem.Invalid, step.Text, answer.Errors)
            : new AgentUpdate.AnswerRejected(_round, answer.Errors);
    }
}
