using BlazorAgents.Runs;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>Where a message is written. It receives the text with the submit, and tells the browser what became of it.</summary>
public sealed partial class Composer : SessionView, IAsyncDisposable
{
    private ElementReference _form;
    private IJSObjectReference? _module;
    private string _text = "";
    private string? _user;

    [Inject] public required CurrentUser User { get; init; }

    [Inject] public required IJSRuntime JS { get; init; }

    // Drafts stay in the browser, apart for each account and conversation.
    private string Draft => $"{_user}/{(State.Place is ChatPlace.New ? "new" : State.ConversationId.ToString())}";

    protected override object Shown(ChatState state) =>
        (state.Place is ChatPlace.New, state.ConversationId, state.Agent, state.IsRunning, state.IsWaiting, state.IsAskedWhatNext, state.Notice);

    protected override async Task OnInitializedAsync() => _user = (await User.GetAsync()).Id;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await CallAsync(async () =>
            {
                _module = await JS.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/composer.js"]);
                await _module.InvokeVoidAsync("attach", _form);
            });
        }
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        Dispose();
        await CallAsync(async () =>
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("detach", _form);
                await _module.DisposeAsync();
            }
        });
    }

    private static async Task CallAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or TaskCanceledException)
        {
            // The browser is gone, or it is a client without scripts: what is stored does not depend on it.
        }
    }

    private void OnTyped(ChangeEventArgs change) => _text = change.Value as string ?? "";

    private Task SendAsync() => SendAsync(Session.SendAsync);

    private Task InterruptAsync() => SendAsync(Session.InterruptAsync);

    private async Task SendAsync(Func<string, Task<SendResult>> send)
    {
        // Taken at once: another submit without another text has nothing to send.
        var text = _text;
        _text = "";
        var result = await send(text);
        if (result is SendResult.Refused && _text.Length == 0)
        {
            _text = text;
        }

        if (_module is not null)
        {
            await CallAsync(() => result is SendResult.Accepted
                ? _module.InvokeVoidAsync("accepted", _form, text, Draft).AsTask()
                : _module.InvokeVoidAsync("refused", _form).AsTask());
        }
    }
}
