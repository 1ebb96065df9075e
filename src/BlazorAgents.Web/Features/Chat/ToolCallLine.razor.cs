using BlazorAgents.Agents;
using BlazorAgents.Runs;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>One tool call as a line.</summary>
public sealed partial class ToolCallLine : ComponentBase
{
    private readonly string _detailId = $"tool-{Guid.NewGuid():N}";
    private ToolData? _arguments;
    private int _drawn = -1;
    private bool _wasRunning;
    private bool _isStale;
    private bool _isOpen;

    [Parameter, EditorRequired] public required RunItem Item { get; set; }

    /// <summary>The item's version as the parent knows it.</summary>
    [Parameter] public int Version { get; set; }

    /// <summary>The answer is still being written.</summary>
    [Parameter] public bool IsRunning { get; set; }

    private ToolCallState Tool { get; set; } = null!;

    // What people decide about, while it waits for them and until what came of it is known.
    private Guid? RequestId => IsRunning && Tool.Outcome is null && Guid.TryParse(Tool.RequestId, out var id) ? id : null;

    private string StateName => Tool.Outcome?.ToString() ?? (RequestId is not null ? "Waiting" : IsRunning ? "Running" : "Unfinished");

    private string StateWords => Tool.Outcome switch
    {
        null when RequestId is not null => "waits for a decision",
        null => IsRunning ? "" : "not finished",
        ToolOutcome.Succeeded => Duration,
        ToolOutcome.Failed => $"failed · {Duration}",
        ToolOutcome.TimedOut => $"timed out · {Duration}",
        ToolOutcome.InvalidArguments => "invalid arguments",
        ToolOutcome.UnknownTool => "unknown tool",
        ToolOutcome.Refused => "refused",
        ToolOutcome.Answered => "answered by a person",
        ToolOutcome.Unknown => "outcome unknown",
        _ => "cancelled",
    };

    private string Title => ToolWords.Title(Tool);

    private string Duration => Tool.Duration is { } time ? RunFacts.Duration(time) : "";

    protected override void OnParametersSet()
    {
        var version = Item.Version;
        _isStale = version != _drawn || IsRunning != _wasRunning;
        (_drawn, _wasRunning) = (version, IsRunning);
        if (_isStale)
        {
            Tool = Item.Tool ?? throw new InvalidOperationException("The item is no tool call.");
            _arguments ??= ToolData.Read(Tool.ArgumentsJson);
        }
    }

    protected override bool ShouldRender() => _isStale;

    private void Toggle() => (_isOpen, _isStale) = (!_isOpen, true);
}
