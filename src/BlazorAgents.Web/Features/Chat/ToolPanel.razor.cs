using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>Which tools the agent has in the next messages: its own to leave out, others to add. Only what the person may use is listed.</summary>
public sealed partial class ToolPanel : SessionView
{
    /// <summary>The element's id, for the button that opens it.</summary>
    public const string Id = "tool-panel";

    private const int MaxAbout = 160;

    private ToolMenu? _menu;
    private (string Tool, bool IsOn)? _pending;
    private string? _fault;

    /// <inheritdoc/>
    protected override object Shown(ChatState state) => (state.Agent, state.Tools);

    private static string Part(ToolOffer offer, string part) => $"{Id}-{offer.Name}-{part}";

    private bool IsOn(ToolOffer offer) => _pending is { } pending && pending.Tool == offer.Name ? pending.IsOn : State.Tools.Has(offer);

    private async Task ReadAsync()
    {
        var agent = State.Agent;
        var menu = await Session.ReadToolsAsync();
        if (agent == State.Agent)
        {
            (_menu, _fault) = (menu, menu.Fault);
            Redraw();
        }
    }

    private async Task SetAsync(ToolOffer offer, object? value)
    {
        if (value is not bool isOn)
        {
            return;
        }

        // Drawn as the browser shows it, so that a refusal is drawn as a change.
        (_pending, _fault) = ((offer.Name, isOn), null);
        Redraw();
        _fault = await Session.SetToolAsync(offer.Name, isOn);
        _pending = null;
        Redraw();
    }
}
