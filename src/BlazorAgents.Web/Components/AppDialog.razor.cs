using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace BlazorAgents.Web.Components;

/// <summary>A modal dialog. Open it with <see cref="OpenAsync"/>; its content exists only while it is open.</summary>
public sealed partial class AppDialog : ComponentBase, IAsyncDisposable
{
    private readonly string _titleId = $"dialog-{Guid.NewGuid():N}";
    private ElementReference _dialog;
    private IJSObjectReference? _module;
    private bool _isOpen;
    private bool _showPending;

    [Parameter, EditorRequired] public required string Title { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>The buttons at the foot, the safe one first.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }

    /// <summary>It was closed, by a button or by Esc.</summary>
    [Parameter] public EventCallback OnClosed { get; set; }

    [Inject] public required IJSRuntime JS { get; init; }

    /// <summary>Shows the dialog. An element with the attribute <c>autofocus</c> in it receives the focus.</summary>
    public Task OpenAsync()
    {
        if (!_isOpen)
        {
            _isOpen = true;
            _showPending = true;
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    /// <summary>Closes the dialog and gives focus back to where it was.</summary>
    public async Task CloseAsync()
    {
        if (_isOpen && _module is not null)
        {
            await _module.InvokeVoidAsync("close", _dialog);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_showPending)
        {
            return;
        }

        _showPending = false;
        _module ??= await JS.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Components/AppDialog.razor.js"]);
        await _module.InvokeVoidAsync("show", _dialog);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // the browser is gone, and the module with it
        }
    }

    private async Task OnClosedByBrowserAsync()
    {
        _isOpen = false;
        await OnClosed.InvokeAsync();
    }
}
