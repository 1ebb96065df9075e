using System.Globalization;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Extraction;
using BlazorAgents.Web.Markdown;
using BlazorAgents.Web.Rendering;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>
/// An answer, live or settled. It watches its own run, so that a token draws this component and nothing around it; of its parts only
/// those whose version has grown are drawn.
/// </summary>
public sealed partial class Answer : ComponentBase, IDisposable
{
    private readonly Action _draw;
    private MarkdownView? _lastText;
    private StructuredText? _lastCard;
    private RenderThrottle? _throttle;
    private IDisposable? _watch;
    private TurnView? _turn;
    private RunState _run = null!;
    private IReadOnlyList<RunItem>? _items;
    private IReadOnlyList<AnswerPart> _parts = [];
    private IReadOnlyList<RunItem> _sources = [];
    private long _drawn;
    private bool _isStale;

    public Answer() => _draw = DrawIfChanged;

    [Parameter, EditorRequired] public required TurnView Turn { get; set; }

    [Inject] public required ChatSession Session { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    private bool HasText => _parts.Any(part => part.Kind is RunItemKind.Text);

    public void Dispose()
    {
        _watch?.Dispose();
        _throttle?.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(Turn, _turn))
        {
            (_turn, _isStale) = (Turn, true);
            Watch(Turn.Run);
        }
    }

    protected override bool ShouldRender()
    {
        var isStale = _isStale;
        _isStale = false;
        return isStale;
    }

    private void Watch(RunView run)
    {
        _watch?.Dispose();
        _watch = null;
        if (run.State.IsActive)
        {
            _throttle ??= new RenderThrottle(Time, () => InvokeAsync(_draw));
            _watch = run.Subscribe(_throttle.Request);
        }
    }

    private void DrawIfChanged()
    {
        if (Turn.Run.Version == _drawn)
        {
            return;
        }

        _isStale = true;
        StateHasChanged();
        if (_throttle is not null && (_lastCard?.SuggestedInterval ?? _lastText?.SuggestedInterval) is { } interval)
        {
            _throttle.Interval = interval;
        }

        if (!_run.IsActive && Turn.Run.Version == _drawn)
        {
            _watch?.Dispose();
            _watch = null;
        }
    }

    // Called by the markup. The version is read first: what comes in between is drawn once more and not lost. The state is read before the
    // items: an answer that is drawn as ended has all of them.
    private IReadOnlyList<AnswerPart> Parts()
    {
        (_drawn, _run) = (Turn.Run.Version, Turn.Run.State);
        var items = Turn.Run.Items;
        if (!ReferenceEquals(items, _items))
        {
            (_items, _parts, _sources) = (items, AnswerPart.Of(items), [.. items.Where(item => item.Kind is RunItemKind.Source)]);
        }

        return _parts;
    }

    private string? Step()
    {
        var last = _run.IsActive ? _items?.LastOrDefault(item => item.Kind is not RunItemKind.Source) : null;
        if (last is not { Kind: RunItemKind.ToolCall or RunItemKind.HostedTool or RunItemKind.Reasoning })
        {
            return null;
        }

        if (last.Kind is RunItemKind.Reasoning)
        {
            return "Thinking";
        }

        var running = _items!.Select(Doing).OfType<string>().ToList();
        return running switch
        {
            [] => null,
            [var only] => only,
            [var first, ..] => string.Create(CultureInfo.InvariantCulture, $"{first} and {running.Count - 1} more"),
        };
    }

    // What a call at work is doing; null for everything else.
    private static string? Doing(RunItem item) => item switch
    {
        { Tool: { Outcome: null, RequestId: null } call } => ToolWords.Doing(call),
        { Hosted: { Status: HostedToolStatus.Running } call } => HostedToolWords.Doing(call),
        _ => null,
    };
}
