using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Agents.Tools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>Calls that wait for a person, as messages carry them.</summary>
internal static class WaitingCalls
{
    internal const string NeverDecided = "Error: nobody decided about this call. It did not run.";

    /// <summary>Takes the decisions out of what was sent: the calls they are about, and the rest.</summary>
    public static (List<ToolCall> Decided, IReadOnlyList<ChatMessage> Others) Read(IReadOnlyList<ChatMessage> input)
    {
        var decided = input.SelectMany(m => m.Contents).OfType<ToolApprovalResponseContent>()
            .Select(Read).OfType<ToolCall>()
            .ToList();
        return decided.Count == 0 ? (decided, input) : (decided, Without(input, content => content is ToolApprovalResponseContent answer && Read(answer) is not null));
    }

    /// <summary>Refuses decisions about calls that do not wait: made up, about another tool, or sent twice.</summary>
    /// <exception cref="ArgumentException">The message names the call.</exception>
    public static void Check(IEnumerable<ToolCall> decided, IEnumerable<ChatMessage> history)
    {
        var messages = history.ToList();
        var open = FindOpen(messages).Select(c => (c.CallId, c.Name)).Concat(FindOpenRequests(messages).Select(c => (c.Id, c.Name))).ToHashSet();
        foreach (var call in decided.Where(call => !open.Remove((call.Id, call.Name))))
        {
            throw NotWaiting(call);
        }
    }

    /// <inheritdoc cref="Check(IEnumerable{ToolCall}, IEnumerable{ChatMessage})"/>
    public static void Check(IEnumerable<ToolCall> decided, AgentThread thread)
    {
        var open = thread.WaitingCallIds.Concat(thread.OpenRequests.Where(request => request.Refusal is null).Select(request => request.Id)).ToHashSet(StringComparer.Ordinal);
        foreach (var call in decided.Where(call => !open.Remove(call.Id)))
        {
            throw NotWaiting(call);
        }
    }

    private static ArgumentException NotWaiting(ToolCall call) =>
        new($"The call \"{call.Id}\" of \"{call.Name}\" does not wait for a decision in this thread: it was never made, or it was decided before.");

    /// <summary>The message that asks for decisions; the provider's own requests are in the history already.</summary>
    public static IEnumerable<ChatMessage> Ask(IEnumerable<ToolCall> waiting)
    {
        AIContent[] requests = [.. waiting.Where(call => call.Content is not null).Select(call => new ToolApprovalRequestContent(call.WaitsFor!, call.Content!))];
        return requests.Length == 0 ? [] : [new ChatMessage(ChatRole.Assistant, requests)];
    }

    /// <summary>
    /// A history that a provider accepts: our own requests taken out, and each call with a result. A call without one was never decided,
    /// unless it is among those that are decided now. Nor does a request of the provider's stand without its answer, or a yes without its call.
    /// </summary>
    public static IReadOnlyList<ChatMessage> Mend(IReadOnlyList<ChatMessage> history, IReadOnlySet<string> decidedNow)
    {
        var undecided = FindOpenRequests(history).Select(request => request.Id).Where(id => !decidedNow.Contains(id));
        var allowed = history.SelectMany(m => m.Contents).OfType<ToolApprovalResponseContent>().Where(answer => answer.Approved).Select(answer => answer.RequestId);
        var messages = Without(
            WithoutRequests(history, [.. undecided, .. allowed]), content => content is ToolApprovalRequestContent { ToolCall: FunctionCallContent });
        var open = FindOpen(messages).Where(c => !decidedNow.Contains(c.CallId)).ToHashSet(ReferenceEqualityComparer.Instance);
        return open.Count == 0 ? messages : [.. messages.SelectMany(message => WithResults(message, open))];
    }

    /// <summary>The result of a call that was never decided.</summary>
    public static FunctionResultContent Undecided(string callId) => new(callId, NeverDecided);

    /// <summary>Leaves out the provider's requests of these ids with their answers, but not those whose call was made: a server would take the yes for a new one.</summary>
    public static IReadOnlyList<ChatMessage> WithoutRequests(IReadOnlyList<ChatMessage> messages, HashSet<string> ids)
    {
        if (ids.Count == 0)
        {
            return messages;
        }

        var made = messages.SelectMany(m => m.Contents).OfType<McpServerToolCallContent>()
            .Select(call => call.AdditionalProperties?.GetValueOrDefault(HostedToolCall.ApprovalRequestKey)?.ToString()).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return Without(messages, content => content switch
        {
            ToolApprovalRequestContent { ToolCall: McpServerToolCallContent } request => ids.Contains(request.RequestId) && !made.Contains(request.RequestId),
            ToolApprovalResponseContent { ToolCall: McpServerToolCallContent } answer => ids.Contains(answer.RequestId) && !made.Contains(answer.RequestId),
            _ => false,
        });
    }

    private static ToolCall? Read(ToolApprovalResponseContent content) => content.ToolCall switch
    {
        FunctionCallContent call => new ToolCall(call) { Decision = ToolDecision.Read(content) },
        McpServerToolCallContent hosted => new ToolCall(hosted.CallId, hosted) { Decision = ToolDecision.Read(content) },
        _ => null,
    };

    /// <summary>The provider's requests without an answer.</summary>
    private static IEnumerable<(string Id, string Name)> FindOpenRequests(IReadOnlyList<ChatMessage> messages)
    {
        var answered = messages.SelectMany(m => m.Contents).OfType<ToolApprovalResponseContent>().Select(c => c.RequestId).ToHashSet(StringComparer.Ordinal);
        return messages.SelectMany(m => m.Contents).OfType<ToolApprovalRequestContent>()
            .Where(c => c.ToolCall is McpServerToolCallContent && !answered.Contains(c.RequestId))
            .Select(c => (c.RequestId, new ToolCall(c.RequestId, (McpServerToolCallContent)c.ToolCall).Name));
    }

    /// <summary>The calls without a result. Some servers number their calls anew in each answer, so a result belongs to the last call of its id.</summary>
    private static Dictionary<string, FunctionCallContent>.ValueCollection FindOpen(IEnumerable<ChatMessage> messages)
    {
        var open = new Dictionary<string, FunctionCallContent>(StringComparer.Ordinal);
        foreach (var content in messages.SelectMany(m => m.Contents))
        {
            switch (content)
            {
                case FunctionCallContent { InformationalOnly: false } call:
                    open[call.CallId] = call;
                    break;
                case FunctionResultContent result:
                    open.Remove(result.CallId);
                    break;
            }
        }

        return open.Values;
    }

    private static IEnumerable<ChatMessage> WithResults(ChatMessage message, HashSet<object?> open)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().Where(open.Contains).ToList();
        return calls.Count == 0 ? [message] : [message, new ChatMessage(ChatRole.Tool, [.. calls.Select(c => Undecided(c.CallId))])];
    }

    private static IReadOnlyList<ChatMessage> Without(IReadOnlyList<ChatMessage> messages, Func<AIContent, bool> isLeftOut)
    {
        if (!messages.Any(m => m.Contents.Any(isLeftOut)))
        {
            return messages;
        }

        return [.. messages.Select(m => Without(m, isLeftOut)).Where(m => m.Contents.Count > 0)];
    }

    private static ChatMessage Without(ChatMessage message, Func<AIContent, bool> isLeftOut)
    {
        if (!message.Contents.Any(isLeftOut))
        {
            return message;
        }

        var copy = message.Clone();
        copy.Contents = [.. message.Contents.Where(content => !isLeftOut(content))];
        return copy;
    }
}
