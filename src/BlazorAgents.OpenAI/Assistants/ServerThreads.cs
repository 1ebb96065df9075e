using System.ClientModel;
using System.Collections.Concurrent;
using BlazorAgents.Agents;
using Microsoft.Extensions.Logging;
using OpenAI.Files;
using Sdk = OpenAI.Assistants;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>The threads that one client made, their files and their runs: deletes, cancels, and waits for what was cancelled.</summary>
internal sealed class ServerThreads(Sdk.AssistantClient client, OpenAIFileClient files, AssistantsApiOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_undoPatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, bool> _made = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WaitingRun> _waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> _files = new(StringComparer.Ordinal);

    public async Task<string> CreateAsync(bool isTemporary, CancellationToken cancellationToken)
    {
        var wire = new Sdk.ThreadCreationOptions();
        wire.Metadata[AssistantOwner.OwnerKey] = AssistantOwner.Current.ToString();
        Sdk.AssistantThread thread = await client.CreateThreadAsync(wire, cancellationToken);
        if (isTemporary || options.DeletesThreads)
        {
            _made[thread.Id] = true;
        }

        return thread.Id;
    }

    /// <summary>Remembers which files go with a thread that this client made.</summary>
    public void AddFiles(string threadId, IEnumerable<string> fileIds)
    {
        foreach (var id in fileIds)
        {
            _files.GetOrAdd(threadId, _ => []).Add(id);
        }
    }

    public void Wait(WaitingRun run)
    {
        foreach (var id in run.CallIds)
        {
            _waiting[id] = run;
        }
    }

    public void Resume(WaitingRun run)
    {
        foreach (var id in run.CallIds)
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>The run that waits for one of these calls: what this client remembers, else what the thread says.</summary>
    public async Task<WaitingRun?> FindWaitingAsync(string? threadId, IEnumerable<string> callIds, CancellationToken cancellationToken)
    {
        foreach (var id in callIds)
        {
            if (_waiting.TryGetValue(id, out var known) && (threadId is null || known.ThreadId == threadId))
            {
                return known;
            }
        }

        if (threadId is null || await FindLastRunAsync(threadId, cancellationToken) is not { } run || run.Status != Sdk.RunStatus.RequiresAction)
        {
            return null;
        }

        return new WaitingRun(threadId, run.Id, [.. run.RequiredActions.Select(a => a.ToolCallId)], IsTemporary: false);
    }

    /// <summary>Ends the run that still holds the thread, if there is one, so that it takes messages again.</summary>
    public async Task EndActiveRunAsync(string threadId, CancellationToken cancellationToken)
    {
        var run = await FindLastRunAsync(threadId, cancellationToken);
        if (run is null || run.Status.IsTerminal)
        {
            return;
        }

        Resume(new WaitingRun(threadId, run.Id, [.. (run.RequiredActions ?? []).Select(a => a.ToolCallId)], IsTemporary: false));
        try
        {
            run = run.Status == Sdk.RunStatus.Cancelling ? run : await client.CancelRunAsync(threadId, run.Id, cancellationToken);
        }
        catch (ClientResultException ended) when (ended.Status == 400)
        {
            // it ended by itself just now
        }

        await WaitAsync(run, cancellationToken);
    }

    /// <summary>Waits for a stopped run to end. False when one that nobody stopped holds the thread, or the stopped one does not end.</summary>
    public async Task<bool> WaitForStoppedRunAsync(string threadId, CancellationToken cancellationToken) =>
        await FindLastRunAsync(threadId, cancellationToken) is not { Status.IsTerminal: false } run
        || (run.Status == Sdk.RunStatus.Cancelling && await WaitAsync(run, cancellationToken));

    /// <summary>Undoes what a call left behind that brought nothing, or was stopped. Best effort, at most seconds.</summary>
    public async Task EndAsync(ThreadTurn turn, IReadOnlyList<string> uploaded)
    {
        if (turn.ThreadId is { } threadId)
        {
            await EndRunAsync(turn, threadId);
            var isWaiting = turn.Reader is { HasEnded: true, CallIds.Count: > 0 } && !turn.HasFailed;
            if (turn.IsTemporary ? !isWaiting : turn.IsNew && turn.VisibleThreadId is null)
            {
                await UndoAsync("thread", threadId, ct => DeleteAsync(threadId, ct));
                return;
            }
        }

        if (turn.HasFailed && !turn.Reader.HasContent)
        {
            await RemoveInputAsync(turn, uploaded);
        }
    }

    /// <summary>Deletes a thread and the files that this client uploaded for it.</summary>
    public async Task DeleteAsync(string threadId, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteThreadAsync(threadId, cancellationToken);
        }
        catch (ClientResultException gone) when (gone.Status == 404)
        {
            // somebody else was faster
        }

        _made.TryRemove(threadId, out _);
        if (_files.TryRemove(threadId, out var uploaded))
        {
            await DeleteFilesAsync(uploaded, cancellationToken);
        }
    }

    public async Task CleanUpAsync()
    {
        foreach (var threadId in _made.Keys)
        {
            await UndoAsync("thread", threadId, ct => DeleteAsync(threadId, ct));
        }
    }

    /// <summary>Cancels what the server still works on. When the stop came before the first event, the thread knows the run.</summary>
    private async Task EndRunAsync(ThreadTurn turn, string threadId)
    {
        if (turn.RunId is { } runId && !turn.Reader.HasEnded)
        {
            await UndoAsync("run", runId, ct => CancelAsync(threadId, runId, ct));
        }
        else if (turn is { RunId: null, MessagesAdded: > 0, HasFailed: false, IsNew: false })
        {
            await UndoAsync("run of the thread", threadId, ct => EndActiveRunAsync(threadId, ct));
        }
    }

    private async Task CancelAsync(string threadId, string runId, CancellationToken cancellationToken)
    {
        try
        {
            await client.CancelRunAsync(threadId, runId, cancellationToken);
        }
        catch (ClientResultException ended) when (ended.Status is 400 or 404)
        {
            // it ended by itself just now
        }
    }

    /// <summary>Takes back what a failed call added, so that it can be sent again.</summary>
    private async Task RemoveInputAsync(ThreadTurn turn, IReadOnlyList<string> uploaded)
    {
        if (turn is { ThreadId: { } threadId, MessagesAdded: > 0, Reader.RunId: { } runId })
        {
            await UndoAsync("messages of the run", runId, ct => RemoveMessagesAsync(threadId, runId, turn.MessagesAdded, ct));
        }

        if (uploaded.Count > 0)
        {
            await UndoAsync("files", string.Join(", ", uploaded), ct => DeleteFilesAsync(uploaded, ct));
        }
    }

    /// <summary>A run bars its thread for others, so the newest messages are those that the failed call had added.</summary>
    private async Task RemoveMessagesAsync(string threadId, string runId, int count, CancellationToken cancellationToken)
    {
        var newest = new List<Sdk.ThreadMessage>();
        var listed = client.GetMessagesAsync(
            threadId, new Sdk.MessageCollectionOptions { Order = Sdk.MessageCollectionOrder.Descending, PageSizeLimit = count + 5 }, cancellationToken);
        await foreach (var message in listed)
        {
            newest.Add(message);
            if (newest.Count == count + 5)
            {
                break;
            }
        }

        foreach (var message in newest.SkipWhile(m => m.RunId == runId).Take(count).Where(m => m.Role == Sdk.MessageRole.User))
        {
            await client.DeleteMessageAsync(threadId, message.Id, cancellationToken);
        }
    }

    private async Task DeleteFilesAsync(IEnumerable<string> fileIds, CancellationToken cancellationToken)
    {
        foreach (var id in fileIds)
        {
            try
            {
                await files.DeleteFileAsync(id, cancellationToken);
            }
            catch (ClientResultException gone) when (gone.Status == 404)
            {
                // somebody else was faster
            }
        }
    }

    private async Task<bool> WaitAsync(Sdk.ThreadRun run, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.CancelPatience, time);
        while (!run.Status.IsTerminal && !patience.IsCancellationRequested)
        {
            await Task.Delay(s_poll, time, cancellationToken);
            run = await client.GetRunAsync(run.ThreadId, run.Id, cancellationToken);
        }

        return run.Status.IsTerminal;
    }

    private async Task<Sdk.ThreadRun?> FindLastRunAsync(string threadId, CancellationToken cancellationToken)
    {
        var newest = new Sdk.RunCollectionOptions { Order = Sdk.RunCollectionOrder.Descending, PageSizeLimit = 1 };
        await foreach (var run in client.GetRunsAsync(threadId, newest, cancellationToken))
        {
            return run;
        }

        return null;
    }

    private async Task UndoAsync(string kind, string id, Func<CancellationToken, Task> undo)
    {
        using var patience = new CancellationTokenSource(s_undoPatience, time);
        try
        {
            await undo(patience.Token);
        }
#pragma warning disable CA1031 // best effort: the call's own end must not be replaced
        catch (Exception exception)
#pragma warning restore CA1031
        {
            AssistantsLog.NotDeleted(logger, exception, kind, id);
        }
    }
}
