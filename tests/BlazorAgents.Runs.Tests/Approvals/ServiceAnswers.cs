namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>What a person learns from a call of a service, as text that can be compared.</summary>
internal static class ServiceAnswers
{
    public const string NotAllowed = "not allowed";

    public static async Task<string> AsAnswer<T>(this Task<T> call)
    {
        try
        {
            return await call switch
            {
                null => "nothing",
                DecisionResult.Refused refused => $"refused {refused.Refusal}",
                BatchDecision batch => $"{batch.Decided.Count} decided, {string.Join(';', batch.LeftOut.Select(o => o.Because))}",
                ApprovalRefusal refusal => $"{refusal}",
                RuleSaved saved => saved.Rule is null ? string.Join(';', saved.Problems) : "saved",
                var answer => $"an answer of {answer.GetType().Name}",
            };
        }
        catch (RunRequestException exception)
        {
            return $"{exception.Error}: {exception.Message}";
        }
        catch (UnauthorizedAccessException)
        {
            return NotAllowed;
        }
    }

    public static Task<string> AsAnswer(this Task call) => Async(call).AsAnswer();

    private static async Task<string> Async(Task call)
    {
        await call;
        return "done";
    }
}
