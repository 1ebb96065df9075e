using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Agents.Pipeline;

/// <summary>
/// Tries a call again after a transient fault, but never after the first content: text that a person saw is not replayed. A call that lets
/// the provider call an MCP server is tried again only where it was turned away: it may have done its work.
/// Each wait is announced in the stream by a <see cref="RetryNoticeContent"/>.
/// </summary>
public sealed class RetryChatClient(IChatClient innerClient, RetryOptions retryOptions, TimeProvider time, ILogger logger)
    : DelegatingChatClient(innerClient)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var isOnce = AllowsCall(messages);
        var schedule = new RetrySchedule(retryOptions);
        while (true)
        {
            TimeSpan delay;
            try
            {
                return await base.GetResponseAsync(messages, options, cancellationToken);
            }
            catch (AgentException fault)
            {
                if (Plan(schedule, fault, isOnce) is not { } planned)
                {
                    throw;
                }

                delay = planned;
            }

            await Task.Delay(delay, time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var isOnce = AllowsCall(messages);
        var schedule = new RetrySchedule(retryOptions);
        while (true)
        {
            RetryNoticeContent? notice;
            var hasContent = false;
            await using (var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken))
            {
                while (true)
                {
                    (var hasNext, notice) = await MoveNextAsync(updates, schedule, mayRetry: !hasContent, isOnce);
                    if (!hasNext)
                    {
                        break;
                    }

                    hasContent = hasContent || HasContent(updates.Current);
                    yield return updates.Current;
                }
            }

            if (notice is null)
            {
                yield break;
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, [notice]);
            await Task.Delay(notice.Delay, time, cancellationToken);
        }
    }

    private async ValueTask<(bool HasNext, RetryNoticeContent? Notice)> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, RetrySchedule schedule, bool mayRetry, bool isOnce)
    {
        try
        {
            return (await updates.MoveNextAsync(), null);
        }
        catch (AgentException fault) when (mayRetry)
        {
            if (Plan(schedule, fault, isOnce) is not { } delay)
            {
                throw;
            }

            return (false, new RetryNoticeContent(schedule.Attempt, delay, fault.Kind));
        }
    }

    private TimeSpan? Plan(RetrySchedule schedule, AgentException fault, bool isOnce)
    {
        TimeSpan? delay = isOnce && fault.Kind is not AgentErrorKind.RateLimited ? null : schedule.Next(fault);
        if (delay is { } wait)
        {
            Log.RetryScheduled(logger, fault, fault.Kind, schedule.Attempt, wait);
        }

        return delay;
    }

    // What stands before the last answer was decided before.
    private static bool AllowsCall(IEnumerable<ChatMessage> messages) => messages.Reverse().TakeWhile(message => message.Role != ChatRole.Assistant)
        .SelectMany(message => message.Contents).Any(content => content is ToolApprovalResponseContent { Approved: true, ToolCall: McpServerToolCallContent });

    private static bool HasContent(ChatResponseUpdate update) =>
        update.FinishReason is not null || update.Contents.Any(c => c is not UsageContent and not TextContent { Text: "" });
}
