using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace BlazorAgents.Web.Layout;

/// <summary>The frame around every interactive page: sidebar, main region, notices and shortcuts.</summary>
public sealed partial class MainLayout : LayoutComponentBase, IAsyncDisposable
{
    private readonly DotNetObjectReference<MainLayout> _self;
    private ErrorBoundary? _boundary;
    private HelpSheet? _help;
    private IJSObjectReference? _shell;
    private ActingUser? _user;

    public MainLayout() => _self = DotNetObjectReference.Create(this);

    [CascadingParameter] public required Task<AuthenticationState> Authentication { get; set; }

    [Inject] public required IJSRuntime JS { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required UserClock Clock { get; init; }

    private string Here => $"{Navigation.Uri.Split('#')[0]}#main";

    /// <summary>Called by the browser for Ctrl+Shift+O.</summary>
    [JSInvokable]
    public void NewConversation() => Navigation.NavigateTo("/");

    /// <summary>Called by the browser for "?".</summary>
    [JSInvokable]
    public Task ShowShortcutsAsync() => _help?.OpenAsync() ?? Task.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        _user = ActingUser.From((await Authentication).User);
        _boundary?.Recover(); // another page: the fault of the last one is over
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _shell = await JS.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/shell.js"]);
            Clock.UseZone(await _shell.InvokeAsync<string?>("start", _self));
        }
        catch (JSDisconnectedException)
        {
            // the browser is gone
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_shell is not null)
            {
                await _shell.InvokeVoidAsync("stop");
                await _shell.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // the browser is gone, and its listeners with it
        }
        finally
        {
            _self.Dispose();
        }
    }
}
