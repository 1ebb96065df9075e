using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BlazorAgents.Web.Features.Conversations;

/// <summary>The signed-in user's conversations by day, with search; follows changes made elsewhere.</summary>
public sealed partial class ConversationList : ComponentBase, IDisposable
{
    private const int PageSize = 15;
    private static readonly TimeSpan s_searchDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_changeDelay = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<ConversationGroup>? _groups;
    private IReadOnlyList<ConversationSummary> _items = [];
    private IDisposable? _subscription;
    private Delayed? _reload;
    private RenameDialog? _rename;
    private ConversationSummary? _deleted;
    private ConversationSummary? _chosen;
    private Guid? _current;
    private string _search = "";
    private string? _fault;
    private string _found = "";
    private int _take = PageSize;
    private int _loads;
    private long _loadedAt;
    private bool _hasMore;

    /// <summary>The least time between two looks at the list for changes made elsewhere.</summary>
    internal static TimeSpan LeastInterval { get; } = TimeSpan.FromSeconds(2);

    [Parameter, EditorRequired] public required string UserId { get; set; }

    [Inject] public required ConversationService Conversations { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required ToastService Toasts { get; init; }

    [Inject] public required UserClock Clock { get; init; }

    [Inject] public required CircuitConnection Connection { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required ILogger<ConversationList> Logger { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _reload = new Delayed(Time, () => InvokeAsync(LoadAsync));
        _subscription = Conversations.Subscribe(UserId, OnConversationsChanged);
        Connection.CameBack += OnConversationsChanged;
        Navigation.LocationChanged += OnLocationChanged;
        Clock.Changed += OnClockChanged;
        _current = ConversationAddress.Find(Navigation.ToBaseRelativePath(Navigation.Uri));
        await LoadAsync();
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _reload?.Dispose();
        Connection.CameBack -= OnConversationsChanged;
        Navigation.LocationChanged -= OnLocationChanged;
        Clock.Changed -= OnClockChanged;
        _closed.Cancel();
        _closed.Dispose();
    }

    // The first change after a pause is shown soon; a user with many open pages has changes all the time.
    private void OnConversationsChanged()
    {
        if (!Connection.IsUp)
        {
            return; // looked at again when the browser is back
        }

        var rest = LeastInterval - Time.GetElapsedTime(Interlocked.Read(ref _loadedAt));
        _reload?.Within(rest > s_changeDelay ? rest : s_changeDelay);
    }

    private async Task LoadAsync()
    {
        if (_closed.IsCancellationRequested)
        {
            return;
        }

        var load = ++_loads;
        Interlocked.Exchange(ref _loadedAt, Time.GetTimestamp());
        try
        {
            var items = await Conversations.ListAsync(UserId, _search, _take + 1, _closed.Token);
            if (load != _loads)
            {
                return; // a later search was faster
            }

            _hasMore = items.Count > _take;
            _items = [.. items.Take(_take)];
            _fault = null;
            _found = _search.Length == 0 ? "" : (_items.Count, _hasMore) switch
            {
                (1, _) => "1 chat found",
                (var count, true) => $"{count} or more chats found",
                (var count, _) => $"{count} chats found",
            };
            Group();
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception exception)
        {
            LogLoadFailed(Logger, exception);
            _fault = "The list could not be read.";
        }

        StateHasChanged();
    }

    private void Group() => _groups = ConversationGroup.Make(_items, Time.GetUtcNow(), Clock.Zone);

    private void OnSearchInput(ChangeEventArgs input)
    {
        _search = (input.Value as string ?? "").Trim();
        _take = PageSize;
        _reload?.After(s_searchDelay);
    }

    private async Task OpenFirstAsync()
    {
        await LoadAsync(); // the words may be newer than the list
        if (_search.Length > 0 && _groups is [var first, ..])
        {
            Navigation.NavigateTo(ConversationAddress.Of(first.Items[0].Id));
        }
    }

    private Task ShowMoreAsync()
    {
        _take += PageSize;
        return LoadAsync();
    }

    private void OpenMenu(ConversationSummary conversation) => _chosen = conversation;

    private Task ForChosenAsync(Func<ConversationSummary, Task> action) => _chosen is null ? Task.CompletedTask : action(_chosen);

    private Task RenameAsync(ConversationSummary conversation) => _rename!.OpenAsync(conversation);

    private Task ApplyNameAsync(ConversationSummary conversation, string title) =>
        Conversations.RenameAsync(UserId, conversation.Id, title, _closed.Token);

    private Task TogglePinAsync(ConversationSummary conversation) =>
        TryAsync(() => Conversations.SetPinnedAsync(UserId, conversation.Id, !conversation.IsPinned, _closed.Token));

    private Task DeleteAsync(ConversationSummary conversation) => TryAsync(async () =>
    {
        await Conversations.DeleteAsync(UserId, conversation.Id, _closed.Token);
        _deleted = conversation;
        if (_current == conversation.Id)
        {
            Navigation.NavigateTo("/");
        }
    });

    private Task RestoreAsync() => TryAsync(async () =>
    {
        if (_deleted is { } conversation)
        {
            _deleted = null;
            await Conversations.RestoreAsync(UserId, conversation.Id, _closed.Token);
        }
    });

    private void ForgetDeleted() => _deleted = null;

    private async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (RunRequestException refusal)
        {
            Toasts.ShowError(refusal.Message);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return;
        }

        await LoadAsync();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        _current = ConversationAddress.Find(Navigation.ToBaseRelativePath(change.Location));
        StateHasChanged();
    });

    private void OnClockChanged() => _ = InvokeAsync(() =>
    {
        if (_groups is not null)
        {
            Group();
            StateHasChanged();
        }
    });

    [LoggerMessage(Level = LogLevel.Error, Message = "The conversation list could not be read")]
    private static partial void LogLoadFailed(ILogger logger, Exception exception);
}
