namespace BlazorAgents.OpenAI.Assistants;

/// <summary>One model call on its way: which thread and run it uses, and what must be undone if nothing comes of it.</summary>
internal sealed class ThreadTurn(RunReader reader)
{
    public RunReader Reader { get; } = reader;

    /// <summary>The thread; null before it is made.</summary>
    public string? ThreadId { get; set; }

    /// <summary>True when this call made the thread, and nobody knows its id yet.</summary>
    public bool IsNew { get; set; }

    /// <summary>True when the thread is deleted as soon as its run has ended: the caller keeps the history.</summary>
    public bool IsTemporary { get; set; }

    /// <summary>How many messages the call added to the thread.</summary>
    public int MessagesAdded { get; set; }

    /// <summary>True when the call failed, not when it was stopped.</summary>
    public bool HasFailed { get; set; }

    /// <summary>The run: the one that waited for tools, or the one that the events tell of.</summary>
    public string? RunId => Reader.RunId ?? ResumedRunId;

    /// <summary>The run that got its tool results with this call.</summary>
    public string? ResumedRunId { get; set; }

    /// <summary>The thread's id for the caller: none for a temporary one, and none before something came that makes it worth keeping.</summary>
    public string? VisibleThreadId => IsTemporary || (IsNew && !Reader.HasContent && !Reader.HasEnded) ? null : ThreadId;
}
