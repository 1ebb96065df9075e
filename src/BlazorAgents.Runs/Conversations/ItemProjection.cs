using System.Text.Json;
using BlazorAgents.Agents;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>Turns stored rows into what readers see.</summary>
internal static class ItemProjection
{
    public static RunView ToView(Run run, IEnumerable<ConversationItem> items) =>
        new(run.Id, run.TurnId, run.ConversationId, ToState(run), ToRunItems(items, run.Status));

    public static RunState ToState(Run run) => new()
    {
        Status = run.Status,
        ModelId = run.ModelId,
        FinishReason = run.FinishReason,
        ErrorKind = run.ErrorKind,
        ErrorMessage = run.ErrorMessage,
        CorrelationId = run.CorrelationId,
        ServiceThreadId = run.ServiceThreadId,
        ServiceThread = run.ServiceThread,
        InputTokens = run.InputTokens,
        OutputTokens = run.OutputTokens,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
    };

    public static ItemPayload ReadPayload(ConversationItem row)
    {
        try
        {
            return ItemPayload.FromJson(row.Payload);
        }
        catch (JsonException)
        {
            // One damaged row must not make the conversation unreadable.
            return new ItemPayload.Notice("This part of the answer is damaged and cannot be shown.");
        }
    }

    /// <summary>Rows in order of Seq; a call and its result become one item. A call that nobody carries out any more was cut off.</summary>
    private static List<RunItem> ToRunItems(IEnumerable<ConversationItem> rows, RunStatus status)
    {
        var isAtWork = status is RunStatus.Running;
        var mayWait = isAtWork || status is RunStatus.AwaitingApproval or RunStatus.Queued;
        var items = new List<RunItem>();
        var calls = new Dictionary<string, RunItem>();
        foreach (var row in rows)
        {
            switch (ReadPayload(row))
            {
                case ItemPayload.Text text:
                    items.Add(new RunItem(row.Id, row.Seq, RunItemKind.Text, text.Content));
                    break;
                case ItemPayload.Reasoning reasoning:
                    items.Add(new RunItem(row.Id, row.Seq, RunItemKind.Reasoning, reasoning.Content));
                    break;
                case ItemPayload.FunctionCall call:
                    var state = new ToolCallState(call.CallId, call.Name, call.Arguments, row.CreatedAt, RequestId: call.RequestId, Server: call.Server);
                    items.Add(calls[call.CallId] = new RunItem(row.Id, row.Seq, RunItemKind.ToolCall, tool: state));
                    break;
                case ItemPayload.FunctionResult result when calls.TryGetValue(result.CallId, out var item):
                    item.Set(item.Tool! with
                    {
                        Result = result.Result,
                        Outcome = Enum.TryParse<ToolOutcome>(result.Outcome, out var outcome) ? outcome : ToolOutcome.Failed,
                        Duration = TimeSpan.FromMilliseconds(result.DurationMs),
                    });
                    break;
                case ItemPayload.HostedTool hosted:
                    items.Add(new RunItem(row.Id, row.Seq, RunItemKind.HostedTool, hosted: HostedToolProjection.Read(hosted, isAtWork)));
                    break;
                case ItemPayload.Source source:
                    items.Add(new RunItem(row.Id, row.Seq, RunItemKind.Source) { Source = new Citation(source.Title, source.Url, source.FileId, source.Snippet) });
                    break;
                case ItemPayload.Notice notice:
                    items.Add(new RunItem(row.Id, row.Seq, RunItemKind.Notice, notice.Content));
                    break;
            }
        }

        foreach (var item in items.Where(item => item.Tool is { Outcome: null } tool && !(tool.RequestId is null ? isAtWork : mayWait)))
        {
            item.Set(item.Tool! with { Result = HistoryBuilder.WithoutResult(item.Tool.RequestId), Outcome = ToolOutcome.Cancelled });
        }

        return items;
    }
}
