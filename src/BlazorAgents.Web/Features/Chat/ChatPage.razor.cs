using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>The chat: one page for a new conversation and for a stored one, so that the first message changes the address and nothing else.</summary>
public sealed partial class ChatPage : SessionView
{
    private Guid? _routed;
    private bool _isRouted;

    [Parameter] public Guid? ConversationId { get; set; }

    [Inject] public required NavigationManager Navigation { get; init; }

    private string PageName => State switch
    {
        { Place: ChatPlace.Missing } => "No such conversation",
        { Title: { Length: > 0 } title } => title,
        { Place: ChatPlace.New } => "New chat",
        _ => "Chat",
    };

    protected override async Task OnParametersSetAsync()
    {
        // The router sets the same parameters again for reasons of its own; only another address opens another conversation.
        if (!_isRouted || _routed != ConversationId)
        {
            (_isRouted, _routed) = (true, ConversationId);
            await Session.OpenAsync(ConversationId);
        }
    }

    protected override object Shown(ChatState state) =>
        (state.Place, state.Title, state.ConversationId, state.Place is ChatPlace.Failed ? state.Notice : null);

    protected override void OnShownChanged()
    {
        if (_routed is null && State is { Place: ChatPlace.Ready, ConversationId: var id })
        {
            _routed = id;
            Navigation.NavigateTo($"c/{id}", new NavigationOptions { ReplaceHistoryEntry = true });
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Session.Close();
    }
}
