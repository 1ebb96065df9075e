namespace BlazorAgents.Web.Markdown;

/// <summary>
/// Highlighted lines kept from tick to tick while an answer runs. An open fence is highlighted line by line, each line once; the whole text
/// is highlighted only when its fence closes, because a comment may have opened a hundred lines above.
/// </summary>
internal sealed class CodeMemo
{
    private Dictionary<(string Language, string Text), IReadOnlyList<string>> _whole = [];
    private Dictionary<(string Language, string Text), IReadOnlyList<string>> _next = [];
    private readonly Dictionary<(string Language, string Text), IReadOnlyList<string>> _kept = [];
    private readonly List<string> _source = [];
    private readonly List<string> _lines = [];
    private string _language = "";

    /// <summary>Forgets what the last tick did not use.</summary>
    public void NextTick()
    {
        (_whole, _next) = (_next, _whole);
        _next.Clear();
    }

    /// <summary>Keeps what this tick used for the end, when the whole answer is rendered once more.</summary>
    public void Keep()
    {
        foreach (var (code, lines) in _next)
        {
            _kept.TryAdd(code, lines);
        }
    }

    public IReadOnlyList<string> Lines(string language, string text, bool grows)
    {
        if (grows)
        {
            return Growing(language, text);
        }

        var key = (language, text);
        if (!_whole.TryGetValue(key, out var lines) && !_next.TryGetValue(key, out lines) && !_kept.TryGetValue(key, out lines))
        {
            lines = CodeHighlighter.Lines(language, text);
        }

        _next[key] = lines;
        return lines;
    }

    private List<string> Growing(string language, string text)
    {
        if (language != _language)
        {
            _source.Clear();
            _lines.Clear();
            _language = language;
        }

        var count = 0;
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var end = rest.IndexOf('\n');
            var line = rest[..end];
            rest = rest[(end + 1)..];
            if (count < _source.Count && !line.SequenceEqual(_source[count]))
            {
                _source.RemoveRange(count, _source.Count - count);
                _lines.RemoveRange(count, _lines.Count - count);
            }

            if (count == _source.Count)
            {
                _source.Add(line.ToString());
                _lines.Add(string.Concat(CodeHighlighter.Lines(language, _source[count] + "\n")));
            }

            count++;
        }

        _source.RemoveRange(count, _source.Count - count);
        _lines.RemoveRange(count, _lines.Count - count);
        return [.. _lines];
    }
}
