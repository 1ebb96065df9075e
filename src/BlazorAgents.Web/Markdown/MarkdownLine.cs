namespace BlazorAgents.Web.Markdown;

/// <summary>What a line begins with, as far as it can be told from the line alone.</summary>
internal readonly ref struct MarkdownLine
{
    /// <summary>The line behind its indent, quote marks and list marks, without its end.</summary>
    public ReadOnlySpan<char> Content { get; private init; }

    /// <summary>Where <see cref="Content"/> begins in the line.</summary>
    public int ContentStart { get; private init; }

    /// <summary>Columns of leading white space (a tab counts four).</summary>
    public int Indent { get; private init; }

    /// <summary>How many quote and list marks stand before the content.</summary>
    public int Prefix { get; private init; }

    /// <summary>How many of them are list marks.</summary>
    public int Markers { get; private init; }

    /// <summary>Ends a paragraph: only spaces and tabs. Other white space is text to the parser.</summary>
    public bool IsBlank { get; private init; }

    public char FenceChar { get; private init; }

    /// <summary>Length of the fence that the content begins with; 0 if none.</summary>
    public int FenceCount { get; private init; }

    public bool FenceHasInfo { get; private init; }

    /// <summary>Begins a block even directly under a paragraph.</summary>
    public bool StartsBlock => Indent < 4 && ((Markers > 0 && !Content.IsEmpty) || FenceCount > 0 || IsHeading(Content));

    public static MarkdownLine Of(ReadOnlySpan<char> line)
    {
        var text = line.TrimEnd("\r\n");
        var at = 0;
        var indent = SkipSpace(text, ref at);
        int prefix = 0, markers = 0;
        while (at < text.Length)
        {
            var mark = text[at] == '>' ? 1 : ListMark(text[at..]);
            if (mark == 0)
            {
                break;
            }

            prefix++;
            markers += text[at] == '>' ? 0 : 1;
            at += mark;
            SkipSpace(text, ref at);
        }

        var content = text[at..].TrimEnd();
        var fence = FenceOf(content);
        return new MarkdownLine
        {
            Content = content,
            ContentStart = at,
            Indent = indent,
            Prefix = prefix,
            Markers = markers,
            IsBlank = text.IndexOfAnyExcept(' ', '\t') < 0,
            FenceCount = fence,
            FenceChar = fence > 0 ? content[0] : '\0',
            FenceHasInfo = fence < content.Length,
        };
    }

    private static int SkipSpace(ReadOnlySpan<char> text, ref int at)
    {
        var columns = 0;
        for (; at < text.Length && text[at] is ' ' or '\t'; at++)
        {
            columns += text[at] == '\t' ? 4 : 1;
        }

        return columns;
    }

    private static int ListMark(ReadOnlySpan<char> text)
    {
        var digits = 0;
        while (digits < text.Length && digits < 10 && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        var mark = digits switch
        {
            0 when text[0] is '-' or '*' or '+' => 1,
            > 0 and < 10 when digits < text.Length && text[digits] is '.' or ')' => digits + 1,
            _ => 0,
        };
        return mark > 0 && (mark == text.Length || text[mark] is ' ' or '\t') ? mark : 0;
    }

    private static int FenceOf(ReadOnlySpan<char> content)
    {
        if (content.Length < 3 || content[0] is not ('`' or '~'))
        {
            return 0;
        }

        var count = content.IndexOfAnyExcept(content[0]);
        count = count < 0 ? content.Length : count;
        return count < 3 || (content[0] == '`' && content[count..].Contains('`')) ? 0 : count;
    }

    private static bool IsHeading(ReadOnlySpan<char> content)
    {
        var level = content.IndexOfAnyExcept('#');
        return level is > 0 and <= 6 && content[level] is ' ' or '\t';
    }
}
