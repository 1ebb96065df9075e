using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Runs;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>A tool call on the provider's side as a line; pictures made for the reader are seen without opening it.</summary>
public sealed partial class HostedToolLine : ComponentBase
{
    private const int MaxOutputs = 50;

    private readonly string _detailId = $"tool-{Guid.NewGuid():N}";
    private int _drawn = -1;
    private bool _wasRunning;
    private bool _isStale;
    private bool _isOpen;

    [Parameter, EditorRequired] public required RunItem Item { get; set; }

    /// <summary>The item's version as the parent knows it.</summary>
    [Parameter] public int Version { get; set; }

    /// <summary>The answer is still being written.</summary>
    [Parameter] public bool IsRunning { get; set; }

    private HostedToolCall Call { get; set; } = null!;

    private bool IsAtWork => Call.Status is HostedToolStatus.Running && IsRunning;

    private bool HasResult => Call.Outputs.Count > 0 || Call.Error is { Length: > 0 };

    private string StateName => Call.Status switch
    {
        HostedToolStatus.Completed => "Succeeded",
        HostedToolStatus.Failed => "Failed",
        _ => IsRunning ? "Running" : "Unfinished",
    };

    private string StateWords => Call.Status switch
    {
        HostedToolStatus.Completed => "done",
        HostedToolStatus.Failed => "failed",
        _ => IsRunning ? "" : "not finished",
    };

    private string Alt => Call.Kind is HostedToolKind.ImageGeneration
        ? OutsideText.Line(Call.Input, 200) is { Length: > 0 } asked ? $"Picture made by the model: {asked}" : "Picture made by the model"
        : "Picture from the code that was run";

    private IEnumerable<HostedToolOutput> Pictures => Call.Kind is HostedToolKind.ImageGeneration ? Call.Outputs.Where(IsPicture).Take(MaxOutputs) : [];

    private IEnumerable<HostedToolOutput> Outputs =>
        Call.Outputs.Where(output => Call.Kind is not HostedToolKind.ImageGeneration || !IsPicture(output)).Take(MaxOutputs);

    protected override void OnParametersSet()
    {
        var version = Item.Version;
        _isStale = version != _drawn || IsRunning != _wasRunning;
        (_drawn, _wasRunning) = (version, IsRunning);
        if (_isStale)
        {
            Call = Item.Hosted ?? throw new InvalidOperationException("The item is no call of a hosted tool.");
        }
    }

    protected override bool ShouldRender() => _isStale;

    private static bool IsPicture(HostedToolOutput output) => output is HostedToolOutput.Image or HostedToolOutput.ImageLink;

    private void Toggle() => (_isOpen, _isStale) = (!_isOpen, true);
}
