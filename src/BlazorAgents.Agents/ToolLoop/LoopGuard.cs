using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>Counts what a run does against the caps of its <see cref="ToolLoopOptions"/>.</summary>
/// <param name="limits">The caps.</param>
/// <param name="usedTokens">What the same answer used before it waited for people.</param>
internal sealed class LoopGuard(ToolLoopOptions limits, long usedTokens)
{
    private readonly Dictionary<(string Name, string Arguments), int> _repeats = [];
    private int _calls;
    private int _invalidInARow;
    private long _tokens = usedTokens;

    public void AddTokens(long tokens) => _tokens += tokens;

    /// <summary>Steps and calls of the same answer before it waited for people.</summary>
    /// <returns>How many steps they were.</returns>
    public int Recall(IEnumerable<ChatMessage> answer)
    {
        var steps = 0;
        foreach (var calls in answer.Select(message => message.Contents.Select(Read).OfType<ToolCall>().ToList()).Where(calls => calls.Count > 0))
        {
            steps++;
            _calls += calls.Count;
            foreach (var call in calls)
            {
                var key = (call.Name, CanonicalJson.Of(call.ArgumentsText));
                _repeats[key] = _repeats.GetValueOrDefault(key) + 1;
            }
        }

        return steps;
    }

    /// <summary>The limit that forbids running <paramref name="calls"/> after model call number <paramref name="step"/>, or null.</summary>
    public AgentUpdate.LimitReached? Check(int step, IReadOnlyList<ToolCall> calls)
    {
        _calls += calls.Count;
        if (step >= limits.MaxIterations)
        {
            return Reached(ToolLoopLimit.Iterations, $"The agent was stopped after {step} steps, the most that one answer may take.");
        }

        if (_calls > limits.MaxCalls)
        {
            return Reached(ToolLoopLimit.Calls, $"The agent was stopped because it wanted to use its tools more than {limits.MaxCalls} times.");
        }

        if (_tokens > limits.MaxTokens)
        {
            return Reached(ToolLoopLimit.Tokens, $"The agent was stopped because this answer used {_tokens:N0} tokens; at most {limits.MaxTokens:N0} are allowed.");
        }

        return CheckRepeats(calls) ?? CheckInvalid(calls);
    }

    public AgentUpdate.LimitReached WallTime() =>
        Reached(ToolLoopLimit.WallTime, $"The agent was stopped because the answer took longer than {Describe(limits.MaxWallTime)}.");

    private static ToolCall? Read(AIContent content) => content switch
    {
        FunctionCallContent call => new ToolCall(call),
        ToolApprovalRequestContent { ToolCall: McpServerToolCallContent hosted } request => new ToolCall(request.RequestId, hosted),
        _ => null,
    };

    private AgentUpdate.LimitReached? CheckRepeats(IReadOnlyList<ToolCall> calls)
    {
        foreach (var call in calls)
        {
            var key = (call.Name, CanonicalJson.Of(call.ArgumentsText));
            var count = _repeats[key] = _repeats.GetValueOrDefault(key) + 1;
            if (count > limits.MaxRepeats)
            {
                return Reached(ToolLoopLimit.Repetition, $"The agent was stopped because it asked for the same call of \"{call.Name}\" again and again.");
            }
        }

        return null;
    }

    /// <summary>Calls whose arguments were rejected already carry their result. A call of no tool breaks no row: it has no arguments that could be right.</summary>
    private AgentUpdate.LimitReached? CheckInvalid(IReadOnlyList<ToolCall> calls)
    {
        foreach (var call in calls)
        {
            _invalidInARow = call.Result?.Outcome switch
            {
                ToolOutcome.InvalidArguments => _invalidInARow + 1,
                ToolOutcome.UnknownTool => _invalidInARow,
                _ => 0,
            };
            if (_invalidInARow > limits.MaxInvalidInARow)
            {
                call.Result = null; // one too many: it is closed like the other calls that the limit stops
                return Reached(ToolLoopLimit.InvalidArguments, $"The agent was stopped because it called its tools with invalid arguments more than {limits.MaxInvalidInARow} times in a row.");
            }
        }

        return null;
    }

    private static AgentUpdate.LimitReached Reached(ToolLoopLimit limit, string explanation) => new(limit, explanation);

    private static string Describe(TimeSpan time) =>
        time.TotalMinutes >= 1 ? $"{time.TotalMinutes:0.#} minutes" : $"{time.TotalSeconds:0.#} seconds";
}
