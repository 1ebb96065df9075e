namespace BlazorAgents.Emulator.Assistants;

/// <summary>A message of a thread, made by a client or written by a run. Changed under the store's lock only.</summary>
internal sealed class ThreadMessage(string id, string threadId, string role, long createdAt)
{
    public string Id => id;

    public string Role => role;

    public long CreatedAt { get; } = createdAt;

    public string? AssistantId { get; init; }

    public string? RunId { get; init; }

    /// <summary>The content as the wire has it, for a client's message.</summary>
    public IReadOnlyList<object>? Given { get; init; }

    public int Images { get; init; }

    public IReadOnlyList<object> Attachments { get; init; } = [];

    public IReadOnlyDictionary<string, string> Metadata { get; set; } = new Dictionary<string, string>();

    /// <summary>All text parts of a client's message, or what a run has written so far.</summary>
    public string Text { get; set; } = "";

    public List<FileCitation> Citations { get; } = [];

    /// <summary>Pictures in front of what a run writes, by file id.</summary>
    public IReadOnlyList<string> Pictures { get; init; } = [];

    /// <summary>in_progress, incomplete or completed.</summary>
    public string Status { get; private set; } = "completed";

    /// <summary>content_filter, max_tokens, run_cancelled, run_expired or run_failed.</summary>
    public string? IncompleteReason { get; private set; }

    public long? EndedAt { get; private set; } = createdAt;

    public object Shape => new
    {
        id,
        @object = "thread.message",
        created_at = CreatedAt,
        thread_id = threadId,
        status = Status,
        incomplete_details = IncompleteReason is null ? null : new { reason = IncompleteReason },
        completed_at = Status == "completed" ? EndedAt : null,
        incomplete_at = Status == "incomplete" ? EndedAt : null,
        role,
        content = Given ?? Written(),
        assistant_id = AssistantId,
        run_id = RunId,
        attachments = Attachments,
        metadata = Metadata,
    };

    public void Begin() => (Status, EndedAt) = ("in_progress", null);

    public void End(long now, string? incompleteReason) =>
        (Status, IncompleteReason, EndedAt) = (incompleteReason is null ? "completed" : "incomplete", incompleteReason, now);

    /// <summary>A delta that adds text, with the citation that ends it.</summary>
    public object Delta(string text, FileCitation? citation) => new
    {
        id,
        @object = "thread.message.delta",
        delta = new { content = new[] { TextDelta(text, citation) } },
    };

    /// <summary>The delta that brings one of the pictures.</summary>
    public object PictureDelta(int index) => new
    {
        id,
        @object = "thread.message.delta",
        delta = new { content = new[] { new { index, type = "image_file", image_file = new { file_id = Pictures[index], detail = "auto" } } } },
    };

    private List<object> Written()
    {
        List<object> parts = [.. Pictures.Select(file => new { type = "image_file", image_file = new { file_id = file, detail = "auto" } })];
        if (Text.Length > 0)
        {
            parts.Add(new { type = "text", text = new { value = Text, annotations = Citations.Select(citation => citation.Shape).ToList() } });
        }

        return parts;
    }

    private object TextDelta(string text, FileCitation? citation) => citation is null
        ? new { index = Pictures.Count, type = "text", text = new { value = text } }
        : new { index = Pictures.Count, type = "text", text = new { value = text, annotations = new[] { citation.DeltaShape(Citations.Count - 1) } } };
}
