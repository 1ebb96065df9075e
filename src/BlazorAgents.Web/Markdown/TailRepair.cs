using System.Buffers;

namespace BlazorAgents.Web.Markdown;

/// <summary>
/// Makes the end of a text that is still written look as it will: marks that nothing follows yet are left out, open ones are closed, a table
/// is one from its head row on. Only for show; the finished text is rendered as it is.
/// </summary>
internal static class TailRepair
{
    private static readonly SearchValues<char> s_marks = SearchValues.Create("#-*+_=~`|:>. \t");

    /// <summary>The text to show, and how much of it, from the start, is the tail unchanged. Fits the last unit to it.</summary>
    public static (string Text, int Unchanged) Repair(string tail, List<TextUnit> units)
    {
        if (units.Count == 0 || units[^1].IsPlain)
        {
            return (tail, tail.Length);
        }

        var unit = units[^1];
        var lastLine = Math.Max(unit.Start, tail.AsSpan().LastIndexOfAny('\n', '\r') + 1);
        var (keep, end) = unit.EndsInFence ? InFence(tail, unit, lastLine) : InText(tail, unit, lastLine);
        var text = keep == tail.Length && end.Length == 0 ? tail : string.Concat(tail.AsSpan(0, keep), end);
        if (text.Length > unit.Start)
        {
            units[^1] = unit with { End = text.Length };
        }
        else
        {
            units.RemoveAt(units.Count - 1);
        }

        return (text, keep);
    }

    // A fence shows once its line is complete; a closing fence that is not complete yet is no code.
    private static (int Keep, string End) InFence(string tail, TextUnit unit, int lastLine)
    {
        if (unit.FenceLine == lastLine && lastLine < tail.Length)
        {
            return (lastLine, "");
        }

        var line = tail.AsSpan(lastLine).Trim();
        return line.Length is 1 or 2 && line.IndexOfAnyExcept('`', '~') < 0 ? (lastLine, "") : (tail.Length, "");
    }

    private static (int Keep, string End) InText(string tail, TextUnit unit, int lastLine)
    {
        if (TableTail.Repair(tail, unit.Start, lastLine) is { } table)
        {
            return table;
        }

        // What stands above a bare mark may go on, so its open marks are closed all the same.
        var isBare = IsBareMark(tail.AsSpan(lastLine), MarkdownLine.Of(tail.AsSpan(lastLine)));
        return Inline(isBare ? tail.AsSpan(0, lastLine) : tail, unit.Start);
    }

    private static bool IsBareMark(ReadOnlySpan<char> text, MarkdownLine line)
    {
        text = text.Trim();
        var isTask = line.Markers > 0 && line.Content is "[" or "[ ]" or "[x" or "[X" or "[x]" or "[X]";
        var number = text.TrimEnd(".)");
        var isNumber = text.Length <= 10 && text.Length - number.Length <= 1 && number.IndexOfAnyExceptInRange('0', '9') < 0;
        return isTask || isNumber || text.IndexOfAnyExcept(s_marks) < 0;
    }

    private static (int Keep, string End) Inline(ReadOnlySpan<char> text, int unitStart)
    {
        var start = InlineStart(text, unitStart);
        return InlineTail.Repair(text[start..]) is { } repaired ? (start + repaired.Unchanged, repaired.End) : (text.Length, "");
    }

    /// <summary>Where the paragraph, heading, item or cell begins that the text ends in; the text's end if it ends in none.</summary>
    private static int InlineStart(ReadOnlySpan<char> text, int unitStart)
    {
        for (var end = text.Length; end > unitStart;)
        {
            var start = LineStart(text, end, unitStart);
            var line = MarkdownLine.Of(text[start..end]);
            var isOpen = end == text.Length && text[end - 1] is not ('\n' or '\r');
            if (line.Content.IsEmpty || line.FenceCount > 0 || line.Content.IndexOfAnyExcept("-=*_ ") < 0)
            {
                return end;
            }

            if (line.Content[0] is '|' or '#')
            {
                return !isOpen ? end : start + (line.Content[0] == '#' ? line.ContentStart : LastPipe(text[start..end]) + 1);
            }

            if (line.Prefix > 0)
            {
                return start + line.ContentStart;
            }

            end = start;
        }

        return unitStart;
    }

    private static int LastPipe(ReadOnlySpan<char> line)
    {
        var pipe = line.LastIndexOf('|');
        while (pipe > 0 && line[pipe - 1] == '\\')
        {
            pipe = line[..pipe].LastIndexOf('|');
        }

        return pipe;
    }

    /// <summary>The start of the line that ends at an offset, its line feed included.</summary>
    private static int LineStart(ReadOnlySpan<char> text, int end, int from)
    {
        var body = text[from..end];
        body = body.EndsWith("\r\n") ? body[..^2] : body[^1] is '\n' or '\r' ? body[..^1] : body;
        return from + body.LastIndexOfAny('\n', '\r') + 1;
    }
}
