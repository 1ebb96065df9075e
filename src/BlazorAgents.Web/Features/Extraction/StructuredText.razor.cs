using BlazorAgents.Agents.Structured;
using BlazorAgents.Runs;
using BlazorAgents.Web.Rendering;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Extraction;

/// <summary>The text of an answer that has a form. It reads on where it stopped, and checks the whole once the answer has ended.</summary>
public sealed partial class StructuredText : ComponentBase
{
    private const int WideText = 16 * 1024;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    private readonly string _jsonId = $"json-{Guid.NewGuid():N}";
    private PartialJson _partial = null!;
    private AnswerCard? _card;
    private RunItem? _item;
    private int _read;
    private int _restarts;
    private int _drawn;
    private bool _wasRunning;
    private bool _showsJson;
    private bool _isStale;

    [Parameter, EditorRequired] public required RunItem Item { get; set; }

    /// <summary>The item's version as the parent knows it: a new value makes this component look at the item.</summary>
    [Parameter] public int Version { get; set; }

    /// <summary>The form that the answer was asked for.</summary>
    [Parameter, EditorRequired] public required StructuredFormat Format { get; set; }

    /// <summary>The answer is still being written.</summary>
    [Parameter] public bool IsRunning { get; set; }

    /// <summary>How long the parent should wait before the next look at the item: the card is drawn as a whole.</summary>
    public TimeSpan SuggestedInterval => _read <= WideText
        ? RenderThrottle.DefaultInterval
        : TimeSpan.FromTicks(Math.Min(s_longest.Ticks, RenderThrottle.DefaultInterval.Ticks * _read / WideText));

    private string Title => FieldText.Label(Format.Name);

    private string State => _card switch
    {
        { Errors: null } => "writing",
        { IsValid: true } => "valid",
        { IsUnfinished: true } => "unfinished",
        _ => "invalid",
    };

    protected override void OnParametersSet()
    {
        // Stamped before the text is read: what comes in between is drawn once more and not lost.
        var version = Item.Version;
        if (!ReferenceEquals(Item, _item))
        {
            (_item, _drawn, _showsJson) = (Item, version - 1, false);
            Restart();
        }

        _isStale = version != _drawn || IsRunning != _wasRunning;
        if (_isStale)
        {
            (_drawn, _wasRunning) = (version, IsRunning);
            ReadOn();
            _card = IsRunning ? AnswerCard.Writing(Format, _partial) : AnswerCard.Ended(Format, Item.Text, _partial);
        }
    }

    protected override bool ShouldRender() => _isStale;

    private void ReadOn()
    {
        string added;
        do
        {
            if (Item.Restarts != _restarts)
            {
                Restart();
            }

            added = Item.TextFrom(_read);
        }
        while (Item.Restarts != _restarts);

        _partial.Append(added);
        _read += added.Length;
    }

    private void Restart() => (_partial, _read, _restarts) = (Format.CreatePartial(), 0, Item.Restarts);

    private void Toggle() => (_showsJson, _isStale) = (!_showsJson, true);
}
