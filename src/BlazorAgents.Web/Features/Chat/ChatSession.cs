using BlazorAgents.Runs;
using BlazorAgents.Web.Rendering;
using BlazorAgents.Web.Security;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>
/// The chat of one circuit: what is shown, and what people do with it. An action that fails becomes a notice, never an exception;
/// every action is checked again by the services, whatever the page offered.
/// </summary>
public sealed partial class ChatSession : IDisposable
{
    /// <summary>Turns read at once.</summary>
    public const int PageSize = 30;

    private static readonly TimeSpan s_reloadInterval = TimeSpan.FromMilliseconds(500);

    private readonly ConversationService _conversations;
    private readonly RunService _runs;
    private readonly AgentCatalog _agents;
    private readonly ConnectionRules _connections;
    private readonly ToolGrants _grants;
    private readonly ApprovalService _approvals;
    private readonly CurrentUser _user;
    private readonly ILogger<ChatSession> _logger;
    private readonly RenderThrottle _reload;
    private readonly Lock _gate = new();
    private ChatState _state;
    private int _opening;
    private int _reads;
    private int _shownRead;
    private IDisposable? _list;

    /// <summary>A session that shows a new conversation with the default agent.</summary>
    public ChatSession(
        ConversationService conversations, RunService runs, AgentCatalog agents, ConnectionRules connections, ToolGrants grants, ApprovalService approvals, CurrentUser user,
        TimeProvider time, ILogger<ChatSession> logger)
    {
        (_conversations, _runs, _agents, _connections, _grants, _approvals, _user, _logger) = (conversations, runs, agents, connections, grants, approvals, user, logger);
        _reload = new RenderThrottle(time, LookAgainAsync) { Interval = s_reloadInterval };
        _state = Fresh(agents.Default);
    }

    /// <summary>Raised after each change of <see cref="State"/>, on any thread; handlers return at once.</summary>
    public event Action? Changed;

    /// <summary>What is shown; a new object after each change.</summary>
    public ChatState State => Volatile.Read(ref _state);

    /// <summary>Shows a conversation, or with null a new one.</summary>
    public async Task OpenAsync(Guid? conversationId)
    {
        if (conversationId == State.ConversationId && State.Place is ChatPlace.Ready or ChatPlace.Loading)
        {
            return;
        }

        Close();
        var opening = _opening;
        if (conversationId is not { } id)
        {
            Set(_ => Fresh(_agents.Default));
            return;
        }

        Set(_ => new ChatState { ConversationId = id, Place = ChatPlace.Loading, Agent = _agents.Default });
        var failure = await TryAsync(nameof(OpenAsync), user => ReadAsync(user, id, opening));
        if (failure is not null && opening == _opening)
        {
            Set(state => state with { Place = failure.CorrelationId is null ? ChatPlace.Missing : ChatPlace.Failed });
        }
    }

    /// <summary>Reads the conversation again after a failure.</summary>
    public Task ReopenAsync()
    {
        var id = State.ConversationId;
        Close();
        Set(_ => Fresh(_agents.Default));
        return OpenAsync(id);
    }

    /// <summary>Chooses the agent of a new conversation.</summary>
    public void SelectAgent(string agentId)
    {
        if (State.Place is not ChatPlace.New)
        {
            Refuse("The agent of a conversation cannot be changed. Start a new chat for another one.");
        }
        else if (_agents.Find(agentId) is { } agent)
        {
            Set(state => state with { Agent = agent, Tools = agent == state.Agent ? state.Tools : ToolChoice.Default, Notice = null });
        }
        else
        {
            Refuse("There is no such agent. Choose one of those shown.");
        }
    }

    /// <summary>Reads turns before the first shown.</summary>
    public async Task LoadOlderAsync()
    {
        if (State is not { HasOlder: true, IsLoadingOlder: false, Turns: [var first, ..] } || State.Turns.Count >= TurnPath.Limit)
        {
            return;
        }

        var opening = _opening;
        Set(state => state with { IsLoadingOlder = true });
        await TryAsync(nameof(LoadOlderAsync), async user =>
        {
            var page = await _conversations.GetPageAsync(user, State.ConversationId, first.Id, PageSize);
            if (opening == _opening)
            {
                Set(state => state.Turns is [var still, ..] && still.Id == first.Id
                    ? state with { Turns = [.. page.Turns, .. state.Turns], HasOlder = page.HasOlder }
                    : state);
            }
        });
        Set(state => state with { IsLoadingOlder = false });
    }

    /// <summary>Takes the notice away.</summary>
    public void Dismiss() => Set(state => state with { Notice = null });

    /// <summary>Stops watching; what runs on the server goes on.</summary>
    public void Close()
    {
        Interlocked.Increment(ref _opening);
        Interlocked.Exchange(ref _list, null)?.Dispose();
        Watch(null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _reload.Dispose();
    }

    private static ChatState Fresh(AgentDefinition agent) =>
        new() { ConversationId = Guid.CreateVersion7(), Place = ChatPlace.New, Agent = agent };

    private async Task ReadAsync(string user, Guid id, int opening)
    {
        Listen(user);
        var read = Interlocked.Increment(ref _reads);
        var connected = Volatile.Read(ref _connected);
        var summary = await _conversations.GetAsync(user, id);
        var page = await _conversations.GetPageAsync(user, id, beforeTurnId: null, PageSize);
        if (opening == _opening)
        {
            Show(read, summary, page, connected);
        }
    }

    private void Show(int read, ConversationSummary summary, ThreadPage page, int connected) =>
        ShowPath(read, state => WithSummary(state, summary, connected) with
        {
            Place = ChatPlace.Ready,
            Agent = _agents.Find(summary.AgentId) ?? _agents.Default,
            Turns = TurnPath.Reuse(page.Turns, state.Turns),
            HasOlder = page.HasOlder,
        });

    // Two readings may be on their way: what was begun earlier and comes later is older than what the page shows.
    private void ShowPath(int read, Func<ChatState, ChatState> change)
    {
        Set(state =>
        {
            if (read < _shownRead)
            {
                return state;
            }

            _shownRead = read;
            return change(state);
        });
        Watch(State.Turns is [.., var last] ? last.Run : null);
    }

    private void Refuse(string text) => Set(state => state with { Notice = new ChatNotice(text) });

    private void Set(Func<ChatState, ChatState> change)
    {
        lock (_gate)
        {
            var next = change(_state);
            if (next == _state)
            {
                return;
            }

            Volatile.Write(ref _state, next);
        }

        Changed?.Invoke();
    }

    private async Task<ChatNotice?> TryAsync(string action, Func<string, Task> work)
    {
        var notice = await AttemptAsync(action, work);
        if (notice is not null)
        {
            Set(state => state with { Notice = notice });
        }

        return notice;
    }

    // What went wrong, for the caller to show; null when nothing did.
    private async Task<ChatNotice?> AttemptAsync(string action, Func<string, Task> work)
    {
        try
        {
            await work((await _user.GetAsync()).Id);
            return null;
        }
        catch (RunRequestException refusal)
        {
            return new ChatNotice(refusal.Message);
        }
        catch (NotSignedInException)
        {
            return new ChatNotice("You are signed out. Reload the page and sign in again; your text is kept.");
        }
        catch (Exception exception)
        {
            var notice = new ChatNotice("Something went wrong on the server. Nothing that was saved is lost; try again.", Guid.NewGuid().ToString("N")[..12]);
            ChatLog.ActionFailed(_logger, action, notice.CorrelationId!, exception);
            return notice;
        }
    }
}
