using BlazorAgents.Runs;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>What the user said, as typed; editing sends another version.</summary>
public sealed partial class UserMessage : ComponentBase
{
    private const int FoldedLines = 12;
    private const int CharactersOfALine = 80;

    private ElementReference _form;
    private string _text = "";
    private bool _isOpen;
    private bool _isEditing;
    private bool _isSaving;
    private bool _focus;

    [Parameter, EditorRequired] public required TurnView Turn { get; set; }

    [Inject] public required ChatSession Session { get; init; }

    [Inject] public required IJSRuntime JS { get; init; }

    private bool IsLong { get; set; }

    protected override void OnParametersSet() => IsLong = LinesOf(Turn.Text) > FoldedLines;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focus)
        {
            return;
        }

        _focus = false;
        try
        {
            await using var module = await JS.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/composer.js"]);
            await module.InvokeVoidAsync("attachEdit", _form);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or TaskCanceledException)
        {
            // Without its script the form still works with its buttons.
        }
    }

    private static int LinesOf(string text)
    {
        var lines = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lines += 1 + (line.Length / CharactersOfALine);
        }

        return lines;
    }

    private void Edit() => (_isEditing, _focus, _text) = (true, true, Turn.Text);

    private void Cancel() => _isEditing = false;

    private void OnTyped(ChangeEventArgs change) => _text = change.Value as string ?? "";

    private async Task SaveAsync()
    {
        if (_isSaving || !_isEditing)
        {
            return;
        }

        _isSaving = true;
        _isEditing = !await Session.EditAsync(Turn.Id, _text);
        _isSaving = false;
    }
}
