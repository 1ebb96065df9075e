using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

// What people do: send, stop, continue, regenerate, edit, choose a version.
public sealed partial class ChatSession
{
    private (Guid Conversation, string Text, Guid RequestId)? _attempt;
    private string? _accepted;

    /// <summary>Sends a message. A repeated click is one message: an attempt that failed is repeated under the same request id.</summary>
    public async Task<SendResult> SendAsync(string text)
    {
        if (State.Place is not (ChatPlace.New or ChatPlace.Ready) || string.IsNullOrWhiteSpace(text))
        {
            return SendResult.Refused;
        }

        if (State.IsSending || (State.IsRunning && text == _accepted))
        {
            return SendResult.Repeated;
        }

        if (State.IsWaiting)
        {
            Set(state => state with { IsAskedWhatNext = true, Notice = null });
            return SendResult.Refused;
        }

        if (State.IsRunning)
        {
            Refuse("An answer is being written. Wait for it or stop it; your text is kept.");
            return SendResult.Refused;
        }

        var (id, agent, model, connection, tools) = (State.ConversationId, State.Agent.Id, State.ModelId, State.Connection, State.Tools);
        if (_attempt is not { } attempt || attempt.Conversation != id || attempt.Text != text)
        {
            _attempt = attempt = (id, text, Guid.CreateVersion7());
        }

        Set(state => state with { IsSending = true, Notice = null });
        var failure = await StartAsync(nameof(SendAsync), user => _runs.StartAsync(new StartRun
        {
            UserId = user,
            ConversationId = id,
            ClientRequestId = attempt.RequestId,
            Text = text,
            AgentId = agent,
            ModelId = model,
            Connection = connection,
            Tools = tools,
        }));
        Set(state => state with { IsSending = false });
        if (failure is not null)
        {
            return SendResult.Refused;
        }

        (_attempt, _accepted) = (null, text);
        return SendResult.Accepted;
    }

    /// <summary>Asks the running answer to stop.</summary>
    public Task StopAsync() =>
        State is { IsRunning: true, Turns: [.., var last] }
            ? TryAsync(nameof(StopAsync), user => _runs.StopAsync(user, last.Run.Id))
            : Task.CompletedTask;

    /// <summary>The message is to wait until people have decided.</summary>
    public void KeepWaiting() => Set(state => state with { IsAskedWhatNext = false });

    /// <summary>Takes back what the answer waits for; it goes on without those calls, and the message can be sent after it.</summary>
    public async Task WithdrawAsync()
    {
        if (State is { IsWaiting: true, Turns: [.., var last] }
            && await TryAsync(nameof(WithdrawAsync), async _ => await _approvals.WithdrawAsync((await _user.GetAsync()).ToActor(), last.Run.Id)) is null)
        {
            Set(state => state with { IsAskedWhatNext = false, Notice = null });
        }
    }

    /// <summary>Ends the answer that waits, and sends the message.</summary>
    public async Task<SendResult> InterruptAsync(string text)
    {
        if (State is { IsWaiting: true, Turns: [.., var last] })
        {
            if (await TryAsync(nameof(InterruptAsync), user => _runs.StopAsync(user, last.Run.Id)) is not null)
            {
                return SendResult.Refused;
            }

            // Its end may be told later, or to another process's readers; here it is known.
            Set(state => state with { IsRunning = false, IsWaiting = false, IsAskedWhatNext = false });
        }

        return await SendAsync(text);
    }

    /// <summary>Goes on with an answer that was cut off.</summary>
    public Task ContinueAsync(Guid runId) =>
        StartOnceAsync(nameof(ContinueAsync), user => _runs.ContinueAsync(user, runId));

    /// <summary>Writes another answer to the same message.</summary>
    public Task RegenerateAsync(Guid runId)
    {
        var requestId = Guid.CreateVersion7();
        return StartOnceAsync(nameof(RegenerateAsync), user => _runs.RegenerateAsync(user, runId, requestId));
    }

    /// <summary>Sends another version of a message; true when it was saved.</summary>
    public Task<bool> EditAsync(Guid turnId, string text)
    {
        var requestId = Guid.CreateVersion7();
        return StartOnceAsync(nameof(EditAsync), user => _runs.EditAsync(user, turnId, requestId, text));
    }

    /// <summary>Shows another answer to a message.</summary>
    public Task SelectRunAsync(Guid runId) =>
        ShowOtherAsync(nameof(SelectRunAsync), user => _conversations.SelectRunAsync(user, runId));

    /// <summary>Shows another version of a message.</summary>
    public Task SelectTurnAsync(Guid turnId) =>
        ShowOtherAsync(nameof(SelectTurnAsync), user => _conversations.SelectTurnAsync(user, turnId));

    private async Task<bool> StartOnceAsync(string action, Func<string, Task<StartedRun>> start)
    {
        if (State.IsSending)
        {
            return false;
        }

        Set(state => state with { IsSending = true, Notice = null });
        var failure = await StartAsync(action, start);
        Set(state => state with { IsSending = false });
        return failure is null;
    }

    private Task<ChatNotice?> StartAsync(string action, Func<string, Task<StartedRun>> start)
    {
        var opening = _opening;
        return TryAsync(action, async user =>
        {
            var started = await start(user);
            if (opening == _opening)
            {
                Listen(user);
                await ShowEndAsync(user, started.ConversationId, opening);
            }
        });
    }

    // A started run is the end of the path: one turn is read, and the turns before it stay the objects they are.
    private async Task ShowEndAsync(string user, Guid id, int opening)
    {
        var read = Interlocked.Increment(ref _reads);
        var page = await _conversations.GetPageAsync(user, id, beforeTurnId: null, take: 1);
        if (opening != _opening)
        {
            return;
        }

        if (page.Turns is [var last] && TurnPath.EndWith(State.Turns, last) is { } turns)
        {
            var trim = turns.Count > TurnPath.Limit;
            ShowPath(read, state => state with
            {
                Place = ChatPlace.Ready,
                Turns = trim ? [.. turns.TakeLast(TurnPath.Trimmed)] : turns,
                HasOlder = trim || (turns.Count > 1 ? state.HasOlder : page.HasOlder),
            });
        }
        else
        {
            await ReadAsync(user, id, opening);
        }
    }

    private async Task ShowOtherAsync(string action, Func<string, Task> select)
    {
        var (id, opening) = (State.ConversationId, _opening);
        await TryAsync(action, async user =>
        {
            await select(user);
            await ReadAsync(user, id, opening);
        });
    }
}
