using System.Buffers;

namespace BlazorAgents.Web.Markdown;

/// <summary>
/// Cuts text into <see cref="TextUnit"/>s, line by line and in linear time, before anything is parsed: the parser needs quadratic time and
/// deep recursion for brackets, emphasis and containers by the thousand, so a unit with too many of them is never given to it.
/// </summary>
internal static class TextUnits
{
    private const int MaxLength = 128 * 1024;
    private const int MaxBrackets = 1000;
    private const int MaxOpenBrackets = 60;
    private const int MaxEmphasis = 4000;
    private const int MaxAddresses = 500;
    private const int MaxPrefix = 20;
    private const int MaxIndent = 80;

    // Inside what looks like a fence these signs are only code; still bounded, because the parser may see no fence there.
    private const int FenceFactor = 5;

    private static readonly SearchValues<char> s_counted = SearchValues.Create("[]*_~:.");

    public static List<TextUnit> Scan(ReadOnlySpan<char> text)
    {
        var units = new List<TextUnit>();
        var scan = default(Unit);
        var fence = default(Fence);
        var afterBlank = false;
        for (var at = 0; at < text.Length;)
        {
            var end = LineEnd(text, at);
            var line = MarkdownLine.Of(text[at..end]);
            var opensOrCloses = fence.Feed(line, at);
            if (at > scan.Start && (opensOrCloses ? fence.IsOpen : !fence.IsOpen) && (afterBlank || line.StartsBlock))
            {
                units.Add(scan.ToUnit(at, fence: null));
                scan = new Unit { Start = at };
            }

            scan.Count(text[at..end], line, fence.IsOpen ? FenceFactor : 1);
            afterBlank = line.IsBlank;
            at = end;
        }

        if (text.Length > scan.Start)
        {
            units.Add(scan.ToUnit(text.Length, fence.IsOpen ? fence.Line : null));
        }

        return units;
    }

    /// <summary>The offset behind a line, its end included.</summary>
    public static int LineEnd(ReadOnlySpan<char> text, int at)
    {
        var length = text[at..].IndexOfAny('\n', '\r');
        if (length < 0)
        {
            return text.Length;
        }

        var end = at + length + 1;
        return text[end - 1] == '\r' && end < text.Length && text[end] == '\n' ? end + 1 : end;
    }

    private struct Fence
    {
        private char _char;
        private int _count;

        public readonly bool IsOpen => _count > 0;

        public int Line { get; private set; }

        public bool Feed(MarkdownLine line, int at)
        {
            if (IsOpen && line.FenceChar == _char && line.FenceCount >= _count && !line.FenceHasInfo && line.Markers == 0)
            {
                _count = 0;
                return true;
            }

            if (IsOpen || line.FenceCount == 0)
            {
                return false;
            }

            (_char, _count, Line) = (line.FenceChar, line.FenceCount, at);
            return true;
        }
    }

    private struct Unit
    {
        private int _brackets;
        private int _open;
        private int _emphasis;
        private int _addresses;
        private bool _isPlain;

        public int Start { get; init; }

        public readonly TextUnit ToUnit(int end, int? fence) => new(Start, end, _isPlain, fence is not null, fence ?? -1);

        public void Count(ReadOnlySpan<char> text, MarkdownLine line, int factor)
        {
            _isPlain |= (factor == 1 && (line.Prefix > MaxPrefix || line.Indent > MaxIndent)) || text.Length > MaxLength * factor;
            if (_isPlain)
            {
                return;
            }

            for (var rest = text; rest.IndexOfAny(s_counted) is >= 0 and var at; rest = rest[(at + 1)..])
            {
                switch (rest[at])
                {
                    case '[':
                        _brackets++;
                        _isPlain |= ++_open > MaxOpenBrackets * factor;
                        break;
                    case ']':
                        _open = Math.Max(0, _open - 1);
                        break;
                    case ':':
                        _addresses += rest[at..].StartsWith("://") ? 1 : 0;
                        break;
                    case '.':
                        _addresses += at >= 3 && rest[(at - 3)..at].Equals("www", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
                        break;
                    default:
                        _emphasis++;
                        break;
                }
            }

            _isPlain |= _brackets > MaxBrackets * factor || _emphasis > MaxEmphasis * factor || _addresses > MaxAddresses * factor;
        }
    }
}
