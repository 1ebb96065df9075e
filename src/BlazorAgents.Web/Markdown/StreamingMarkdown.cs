using BlazorAgents.Runs;
using BlazorAgents.Web.Rendering;
using Markdig.Syntax;

namespace BlazorAgents.Web.Markdown;

/// <summary>
/// An answer's blocks while it is written. What cannot change any more is settled: neither its text nor its HTML is looked at again. Not
/// thread-safe; one for each reader.
/// </summary>
public sealed class StreamingMarkdown(MarkdownRenderer renderer)
{
    private const int WideTail = 16 * 1024;
    private static readonly TimeSpan s_interval = RenderThrottle.DefaultInterval;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);
    private readonly List<RenderedBlock> _blocks = [];
    private readonly Dictionary<string, LinkReferenceDefinition> _definitions = new(StringComparer.OrdinalIgnoreCase);
    private CodeMemo _memo = new();
    private bool _isFinished;
    private int _tail;

    /// <summary>The blocks as they stand.</summary>
    public IReadOnlyList<RenderedBlock> Blocks => _blocks;

    /// <summary>How many of <see cref="Blocks"/>, from the first, are settled.</summary>
    public int Settled { get; private set; }

    /// <summary>Characters behind which nothing is read again.</summary>
    public int SettledLength { get; private set; }

    /// <summary>How long to wait between two updates: longer while a block above 16 KiB is open, because each update parses it again.</summary>
    public TimeSpan SuggestedInterval => _tail <= WideTail ? s_interval : TimeSpan.FromTicks(Math.Min(s_longest.Ticks, s_interval.Ticks * _tail / WideTail));

    /// <summary>
    /// Takes what the item has gained; once the item is closed, the blocks are those of its whole text. True if settled blocks had to change
    /// (a link definition came after its use, text to come was foreseen wrongly, or the answer was continued after its end).
    /// </summary>
    public bool Update(RunItem item)
    {
        var isContinued = _isFinished;
        if (isContinued && !Reopen(item))
        {
            return false;
        }

        // Read before the text: an item that is closed now has its whole text.
        var isOpen = item.IsOpen;
        _memo.NextTick();
        if (!isOpen)
        {
            return Finish(item.Text) || isContinued;
        }

        Advance(item.TextFrom(SettledLength));
        return isContinued;
    }

    // What stood last may go on in the same block, so that nothing is settled any more; blocks that come out the same stay the same.
    private bool Reopen(RunItem item)
    {
        if (!item.IsOpen && item.Length == SettledLength)
        {
            return false;
        }

        (Settled, SettledLength, _isFinished) = (0, 0, false);
        return true;
    }

    private void Advance(string tail)
    {
        _tail = tail.Length;
        var units = TextUnits.Scan(tail);
        var (shown, unchanged) = TailRepair.Repair(tail, units);
        var parsed = renderer.ParseOpen(shown, units, _definitions, _memo);
        var first = Settled;
        Settle(tail, units, parsed, unchanged);
        Replace(first, [.. parsed.Blocks.Select(block => block.Block)]);
    }

    // A block is settled once another one stands behind it on a complete line that begins a unit: nothing that follows reaches back.
    private void Settle(string tail, List<TextUnit> units, ParsedText parsed, int unchanged)
    {
        var complete = tail.AsSpan(0, Math.Min(unchanged, tail.Length)).LastIndexOfAny('\n', '\r');
        for (var i = parsed.Blocks.Count - 1; i > 0; i--)
        {
            var (_, start, beginsAfresh) = parsed.Blocks[i];
            if (start > complete || !beginsAfresh || !units.Exists(unit => unit.Start == start))
            {
                continue;
            }

            foreach (var (label, definition, _) in parsed.Definitions.Where(definition => definition.Start < start))
            {
                _definitions.TryAdd(label, definition);
            }

            _memo.Keep();
            Settled += i;
            SettledLength += start;
            return;
        }
    }

    // Settling forecasts what the parser will make of text to come, and a link definition may come after its use. So the end is not pieced
    // together: the whole text is parsed once, and what a reader is left with is what a stored answer shows, whatever the text.
    private bool Finish(string text)
    {
        var settled = _blocks.Take(Settled).ToList();
        Replace(0, renderer.Render(text, _memo));
        (Settled, SettledLength, _tail, _isFinished) = (_blocks.Count, text.Length, 0, true);
        _definitions.Clear();
        _memo = new CodeMemo();
        return !settled.SequenceEqual(_blocks.Take(settled.Count));
    }

    private void Replace(int first, IReadOnlyList<RenderedBlock> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            var at = first + i;
            if (at < _blocks.Count)
            {
                _blocks[at] = blocks[i].Reuse(_blocks[at]);
            }
            else
            {
                _blocks.Add(blocks[i]);
            }
        }

        _blocks.RemoveRange(first + blocks.Count, _blocks.Count - first - blocks.Count);
    }
}
