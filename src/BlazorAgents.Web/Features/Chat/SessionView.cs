using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>A part of the page that shows the session: drawn again when what it shows of the state has changed, and only then.</summary>
public abstract class SessionView : ComponentBase, IDisposable
{
    private object? _shown;
    private bool _isStale;

    /// <summary>The circuit's chat.</summary>
    [Inject]
    public required ChatSession Session { get; init; }

    /// <summary>What is shown; a snapshot.</summary>
    protected ChatState State => Session.State;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Everything of the state that the markup uses; compared by value.</summary>
    protected abstract object Shown(ChatState state);

    /// <summary>Called on the dispatcher after <see cref="Shown"/> has changed, before the part is drawn again.</summary>
    protected virtual void OnShownChanged()
    {
    }

    /// <summary>Draws this part for a reason of its own.</summary>
    protected void Redraw()
    {
        _isStale = true;
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _shown = Shown(State);
        Session.Changed += OnSessionChanged;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => _isStale = true;

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        // Asked right before drawing: what changes from here on marks the part stale again.
        var isStale = _isStale;
        _isStale = false;
        return isStale;
    }

    /// <summary>Stops listening.</summary>
    protected virtual void Dispose(bool disposing) => Session.Changed -= OnSessionChanged;

    private void OnSessionChanged() => _ = InvokeAsync(() =>
    {
        var shown = Shown(State);
        if (!Equals(shown, _shown))
        {
            _shown = shown;
            OnShownChanged();
            Redraw();
        }
    });
}
