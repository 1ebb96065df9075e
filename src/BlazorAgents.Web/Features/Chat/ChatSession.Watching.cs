using BlazorAgents.Data;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

// What happens elsewhere: the running answer ends, another tab goes on with the conversation.
public sealed partial class ChatSession
{
    private readonly Lock _watchGate = new();
    private RunView? _watched;
    private IDisposable? _watch;

    // Called by the engine's threads for each change of this conversation: remembers it and returns.
    private void Listen(string user)
    {
        if (_list is null)
        {
            _list = _conversations.Subscribe(user, State.ConversationId, _reload.Request);
        }
    }

    private void Watch(RunView? run)
    {
        lock (_watchGate)
        {
            _watch?.Dispose();
            _watch = null;
            _watched = run is { State.IsActive: true } ? run : null;
            _watch = _watched?.Subscribe(OnRunChanged);
        }

        var isWaiting = run is { State.Status: RunStatus.AwaitingApproval };
        Set(state => state with { IsRunning = run is { State.IsActive: true }, IsWaiting = isWaiting, IsAskedWhatNext = isWaiting && state.IsAskedWhatNext });
        OnRunChanged(); // it may have ended while we subscribed
    }

    // Called for each token of the answer: looks at one field and returns.
    private void OnRunChanged()
    {
        if (Volatile.Read(ref _watched) is not { } run)
        {
            return;
        }

        if (run.State.IsActive)
        {
            var isWaiting = run.State.Status is RunStatus.AwaitingApproval;
            if (isWaiting != State.IsWaiting)
            {
                Set(state => state with { IsWaiting = isWaiting, IsAskedWhatNext = isWaiting && state.IsAskedWhatNext });
            }

            return;
        }

        lock (_watchGate)
        {
            _watch?.Dispose();
            (_watch, _watched) = (null, null);
        }

        Set(state => state with { IsRunning = false, IsWaiting = false, IsAskedWhatNext = false });
        _reload.Request();
    }

    // Also while an answer is written: its writer may be another process, whose end is heard of here alone.
    // The end of the path tells whether anything changed: any other version, edit or answer ends in another turn or run.
    private async Task LookAgainAsync()
    {
        var (seen, opening) = (State, _opening);
        if (seen is not { Place: ChatPlace.Ready, IsSending: false, Turns: [.., var last] })
        {
            return;
        }

        try
        {
            var user = (await _user.GetAsync()).Id;
            var read = Interlocked.Increment(ref _reads);
            var connected = Volatile.Read(ref _connected);
            var summary = await _conversations.GetAsync(user, seen.ConversationId);
            var end = await _conversations.GetPageAsync(user, seen.ConversationId, beforeTurnId: null, take: 1);
            if (opening != _opening || State.IsSending)
            {
                return;
            }

            if (end.Turns is [var now] && TurnPath.AreEqual(now, last))
            {
                Set(state => read < _shownRead ? state : WithSummary(state, summary, connected));
            }
            else
            {
                await ReadAsync(user, seen.ConversationId, opening);
            }
        }
        catch (RunRequestException)
        {
            Set(state => opening == _opening ? state with { Place = ChatPlace.Missing } : state);
        }
        catch (Exception exception)
        {
            // Nobody asked for this: the next notice tries again.
            ChatLog.ActionFailed(_logger, nameof(LookAgainAsync), Guid.NewGuid().ToString("N")[..12], exception);
        }
    }
}
