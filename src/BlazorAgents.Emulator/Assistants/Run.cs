using System.Threading.Channels;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>A run of an assistant on a thread. Changed under the store's lock only.</summary>
internal sealed class Run(string id, AssistantThread thread, RunSettings settings, long createdAt)
{
    private const long Life = 10 * 60;

    private readonly List<Channel<RunEvent>> _watchers = [];

    public string Id => id;

    public string ThreadId => thread.Id;

    public string AssistantId => Settings.AssistantId;

    public AssistantThread Thread => thread;

    public RunSettings Settings { get; } = settings;

    /// <summary>queued, in_progress, requires_action, cancelling, cancelled, failed, completed, incomplete or expired.</summary>
    public string Status { get; set; } = "queued";

    public long ExpiresAt => createdAt + Life;

    public long? StartedAt { get; set; }

    public long? EndedAt { get; private set; }

    public object? LastError { get; set; }

    public string? IncompleteReason { get; set; }

    public IReadOnlyDictionary<string, string> Metadata { get; set; } = settings.Metadata;

    /// <summary>Oldest first.</summary>
    public OrderedDictionary<string, RunStep> Steps { get; } = [];

    public (int Prompt, int Completion) Tokens { get; set; }

    /// <summary>Whether streamed steps show the text that a file search found.</summary>
    public bool ShowsContent { get; set; }

    /// <summary>Ends the work on the run.</summary>
    public CancellationTokenSource? Work { get; set; }

    public bool IsActive => EndedAt is null;

    /// <summary>The functions that the client has to call, in a run that requires action.</summary>
    public IEnumerable<RunToolCall> Waiting => Steps.Values.SelectMany(step => step.Calls).Where(call => call.Kind == "function" && call.Output is null);

    public object Shape => new
    {
        id,
        @object = "thread.run",
        created_at = createdAt,
        assistant_id = Settings.AssistantId,
        thread_id = thread.Id,
        status = Status,
        started_at = StartedAt,
        expires_at = IsActive ? ExpiresAt : (long?)null,
        cancelled_at = Status == "cancelled" ? EndedAt : null,
        failed_at = Status == "failed" ? EndedAt : null,
        completed_at = Status == "completed" ? EndedAt : null,
        required_action = Status == "requires_action" ? new { type = "submit_tool_outputs", submit_tool_outputs = new { tool_calls = Waiting.Select(call => call.Required).ToList() } } : null,
        last_error = LastError,
        incomplete_details = IncompleteReason is null ? null : new { reason = IncompleteReason },
        model = Settings.Model,
        instructions = Settings.Instructions,
        tools = Settings.Tools.Echo,
        metadata = Metadata,
        usage = IsActive ? null : new { prompt_tokens = Tokens.Prompt, completion_tokens = Tokens.Completion, total_tokens = Tokens.Prompt + Tokens.Completion },
        temperature = Settings.Temperature,
        top_p = Settings.TopP,
        max_prompt_tokens = Settings.MaxPromptTokens,
        max_completion_tokens = Settings.MaxCompletionTokens,
        truncation_strategy = new { type = Settings.LastMessages is null ? "auto" : "last_messages", last_messages = Settings.LastMessages },
        tool_choice = (object?)Settings.ToolChoice ?? "auto",
        parallel_tool_calls = Settings.ParallelCalls,
        response_format = (object?)Settings.Format ?? ResponseFormat.Auto,
    };

    /// <summary>The events from now on, until the run ends or waits for its client.</summary>
    public ChannelReader<RunEvent> Watch()
    {
        var watcher = Channel.CreateUnbounded<RunEvent>();
        _watchers.Add(watcher);
        return watcher.Reader;
    }

    public void Publish(string name, Func<object> data)
    {
        if (_watchers.Count == 0)
        {
            return;
        }

        var news = new RunEvent(name, WireJson.Text(data()));
        _watchers.ForEach(watcher => watcher.Writer.TryWrite(news));
    }

    /// <summary>Moves to a status that is not an end, and says so. A run that waits for its client ends its streams.</summary>
    public void Move(string status)
    {
        Status = status;
        Publish("thread.run." + status, () => Shape);
        if (status == "requires_action")
        {
            CloseStreams();
        }
    }

    /// <summary>Ends the run with its open steps and messages, and says so.</summary>
    public void End(string status, long now)
    {
        foreach (var message in thread.Messages.Values.Where(message => message.RunId == id && message.Status == "in_progress"))
        {
            message.End(now, status == "incomplete" ? "max_tokens" : "run_" + status);
            Publish("thread.message.incomplete", () => message.Shape);
        }

        var stepStatus = status is "cancelled" or "expired" or "failed" ? status : "completed";
        foreach (var step in Steps.Values.Where(step => step.IsOpen))
        {
            step.End(stepStatus, now);
            Publish("thread.run.step." + stepStatus, () => step.Shape(ShowsContent));
        }

        EndedAt = now;
        Move(status);
        CloseStreams();
    }

    private void CloseStreams()
    {
        _watchers.ForEach(watcher => watcher.Writer.TryComplete());
        _watchers.Clear();
    }
}
