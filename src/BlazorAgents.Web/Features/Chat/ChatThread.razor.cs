using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>The turns at the end of the conversation. Following the end, reading aloud and clocks happen in the browser (js/thread.js).</summary>
public sealed partial class ChatThread : SessionView, IAsyncDisposable
{
    private ElementReference _frame;
    private IJSObjectReference? _module;

    [Inject] public required IJSRuntime JS { get; init; }

    protected override object Shown(ChatState state) =>
        (state.Place, state.Title, state.Turns, state.HasOlder, state.IsLoadingOlder, state.IsRunning);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _module = await JS.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/thread.js"]);
            await _module.InvokeVoidAsync("attach", _frame);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or TaskCanceledException)
        {
            // Without its script the thread can still be read and scrolled.
        }
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("detach", _frame);
                await _module.DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or TaskCanceledException)
        {
            // The browser is gone, and the module with it.
        }
    }
}
