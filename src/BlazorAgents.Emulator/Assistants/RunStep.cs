namespace BlazorAgents.Emulator.Assistants;

/// <summary>A step of a run: a message it wrote, or tools it called. Changed under the store's lock only.</summary>
internal sealed class RunStep(string id, Run run, long createdAt)
{
    public string Id => id;

    /// <summary>The message of a message_creation step, or null.</summary>
    public string? MessageId { get; init; }

    public IReadOnlyList<RunToolCall> Calls { get; init; } = [];

    /// <summary>in_progress, completed, cancelled, failed or expired.</summary>
    public string Status { get; private set; } = "in_progress";

    public long? EndedAt { get; private set; }

    public (int Prompt, int Completion) Tokens { get; init; }

    public bool IsOpen => Status == "in_progress";

    public object Shape(bool withContent) => new
    {
        id,
        @object = "thread.run.step",
        created_at = createdAt,
        assistant_id = run.AssistantId,
        thread_id = run.ThreadId,
        run_id = run.Id,
        type = MessageId is null ? "tool_calls" : "message_creation",
        status = Status,
        step_details = MessageId is null
            ? (object)new { type = "tool_calls", tool_calls = Calls.Select(call => call.Shape(withContent)).ToList() }
            : new { type = "message_creation", message_creation = new { message_id = MessageId } },
        last_error = Status == "failed" ? run.LastError : null,
        expired_at = Status == "expired" ? EndedAt : null,
        cancelled_at = Status == "cancelled" ? EndedAt : null,
        failed_at = Status == "failed" ? EndedAt : null,
        completed_at = Status == "completed" ? EndedAt : null,
        metadata = new Dictionary<string, string>(),
        usage = IsOpen ? null : new { prompt_tokens = Tokens.Prompt, completion_tokens = Tokens.Completion, total_tokens = Tokens.Prompt + Tokens.Completion },
    };

    public object Delta(object callDelta) => new
    {
        id,
        @object = "thread.run.step.delta",
        delta = new { step_details = new { type = "tool_calls", tool_calls = new[] { callDelta } } },
    };

    public void End(string status, long now) => (Status, EndedAt) = (status, now);
}
