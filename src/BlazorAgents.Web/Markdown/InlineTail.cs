using System.Buffers;
using System.Text;

namespace BlazorAgents.Web.Markdown;

/// <summary>
/// The end of a paragraph that is still written: open emphasis and code are closed, a link without its end is its text. An approximation of
/// the parser's rules in one pass; where it errs, a mark shows a moment too early or too late.
/// </summary>
internal ref struct InlineTail
{
    private const int MaxLinkText = 200;
    private static readonly SearchValues<char> s_citation = SearchValues.Create("0123456789 xX^");
    private readonly ReadOnlySpan<char> _text;
    private readonly List<Mark> _open = [];
    private readonly List<(int At, int Length)> _dropped = [];
    private int _end;
    private string _codeEnd = "";

    private InlineTail(ReadOnlySpan<char> text)
    {
        _text = text;
        _end = text.TrimEnd().Length;
    }

    /// <summary>How much of the text stays, and what takes the place of the rest; null if nothing has to change.</summary>
    public static (int Unchanged, string End)? Repair(ReadOnlySpan<char> text)
    {
        var tail = new InlineTail(text);
        tail.Scan();
        return tail.Result();
    }

    private void Scan()
    {
        for (var i = 0; i < _end;)
        {
            i = _text[i] switch
            {
                '\\' => Escape(i),
                '`' => Code(i),
                '[' => OpenBracket(i),
                ']' => CloseBracket(i),
                '<' => Angle(i),
                '*' or '_' or '~' => Emphasis(i),
                _ => i + 1,
            };
        }
    }

    private int Escape(int at)
    {
        if (at + 1 == _end && _end == _text.Length)
        {
            _end = at;
        }

        return at + 2;
    }

    private int Code(int at)
    {
        var count = RunLength(at);
        for (var i = at + count; i < _end;)
        {
            var next = _text[i..].IndexOf('`');
            if (next < 0)
            {
                break;
            }

            i += next;
            var length = RunLength(i);
            if (length == count)
            {
                return i + length;
            }

            i += length;
        }

        var content = _text[(at + count).._end].TrimEnd('`').TrimEnd();
        _end = content.IsEmpty ? at : at + count + content.Length;
        _codeEnd = content.IsEmpty ? "" : _text.Slice(at, count).ToString();
        return _end;
    }

    private int OpenBracket(int at)
    {
        var isImage = at > 0 && _text[at - 1] == '!';
        _open.Add(new Mark(isImage ? at - 1 : at, '[', isImage ? 2 : 1));
        return at + 1;
    }

    private int CloseBracket(int at)
    {
        var open = _open.FindLastIndex(mark => mark.Char == '[');
        if (open < 0)
        {
            return at + 1;
        }

        var mark = _open[open];
        _open.RemoveAt(open);
        var label = _text[(mark.At + mark.Count)..at];
        var isCitation = label.IndexOfAnyExcept(s_citation) < 0;
        if (at + 1 == _end && _end == _text.Length && !isCitation)
        {
            DropLink(mark, at);
        }
        else if (at + 1 < _end && _text[at + 1] is '(' or '[')
        {
            var close = Closing(at + 1);
            if (close >= 0)
            {
                return close + 1;
            }

            DropLink(mark, at);
        }

        return at + 1;
    }

    private void DropLink(Mark mark, int end)
    {
        _dropped.Add((mark.At, mark.Count));
        _end = end;
    }

    // The end of "(address)" or "[label]"; none if it is still to come. A space or a line end may only stand before a title.
    private readonly int Closing(int at)
    {
        var (open, close) = _text[at] == '(' ? ('(', ')') : ('[', ']');
        var depth = 0;
        for (var i = at; i < _end; i++)
        {
            if (_text[i] == '\\')
            {
                i++;
            }
            else if (_text[i] == open)
            {
                depth++;
            }
            else if (_text[i] == close && --depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private int Angle(int at)
    {
        var rest = _text[(at + 1).._end];
        var isAddress = rest.StartsWith("http", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
        if (isAddress && rest.IndexOfAny(" >\n") < 0)
        {
            _dropped.Add((at, 1));
        }

        return at + 1;
    }

    private int Emphasis(int at)
    {
        var sign = _text[at];
        var count = RunLength(at);
        var end = at + count;
        var before = at == 0 ? ' ' : _text[at - 1];
        var after = end < _end ? _text[end] : ' ';
        var left = count;
        if (!char.IsWhiteSpace(before))
        {
            left = Close(sign, left, isLast: end == _end);
        }

        if (end == _end && _end == _text.Length && left > 0)
        {
            // Nothing follows yet: it may open or close.
            _end = end - left;
            return end;
        }

        var mayOpen = !char.IsWhiteSpace(after) && !(char.IsLetterOrDigit(before) && (sign == '_' || count == 1)) && (sign != '~' || count == 2);
        if (left > 0 && mayOpen)
        {
            _open.Add(new Mark(end - left, sign, Math.Min(left, 3)));
        }

        return end;
    }

    private readonly int Close(char sign, int count, bool isLast)
    {
        while (count > 0)
        {
            var open = _open.FindLastIndex(mark => mark.Char == sign);
            if (open < 0 || (isLast && _open[open].Count > count))
            {
                return count;
            }

            var mark = _open[open];
            var closed = Math.Min(count, mark.Count);
            count -= closed;
            _open.RemoveRange(open, _open.Count - open);
            if (mark.Count > closed)
            {
                _open.Add(mark with { Count = mark.Count - closed });
            }
        }

        return 0;
    }

    private (int Unchanged, string End)? Result()
    {
        var closing = new StringBuilder(_codeEnd);
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var mark = _open[i];
            var content = _text[Math.Min(_end, mark.At + mark.Count).._end];
            if (mark.Char == '[')
            {
                if (i == _open.FindLastIndex(other => other.Char == '[') && content.Length < MaxLinkText && !content.Contains('\n'))
                {
                    _dropped.Add((mark.At, mark.Count));
                }
            }
            else if (content.IsWhiteSpace() && closing.Length == 0)
            {
                _end = Math.Min(_end, mark.At);
            }
            else
            {
                closing.Append(mark.Char, mark.Count);
            }
        }

        var trimmed = _text[.._end].TrimEnd().Length;
        return closing.Length == 0 && _dropped.Count == 0 && _end == _text.TrimEnd().Length ? null : Assemble(trimmed, closing);
    }

    private readonly (int Unchanged, string End) Assemble(int end, StringBuilder closing)
    {
        _dropped.Sort();
        var unchanged = _dropped.Count > 0 ? Math.Min(end, _dropped[0].At) : end;
        var text = new StringBuilder();
        var at = unchanged;
        foreach (var (from, length) in _dropped)
        {
            if (from < end)
            {
                text.Append(_text[at..from]);
                at = from + length;
            }
        }

        text.Append(_text[Math.Min(at, end)..end]).Append(closing).Append(_text[_text.TrimEnd().Length..]);
        return (unchanged, text.ToString());
    }

    private readonly int RunLength(int at)
    {
        var length = _text[at.._end].IndexOfAnyExcept(_text[at]);
        return length < 0 ? _end - at : length;
    }

    private readonly record struct Mark(int At, char Char, int Count);
}
