namespace BlazorAgents.OpenAI.Responses;

/// <summary>Counts the text of a streamed answer, part by part.</summary>
internal sealed class StreamedText
{
    private readonly Dictionary<(int Output, int Content), Part> _parts = [];
    private readonly TextPosition _start;

    public StreamedText(TextPosition position)
    {
        Position = _start = position;
        if (position.OutputIndex >= 0)
        {
            _parts[(position.OutputIndex, position.ContentIndex)] = new Part(position.PartStart);
        }
    }

    public TextPosition Position { get; private set; }

    /// <summary>The text to show for a delta: the first of another item begins after an empty line.</summary>
    public string Append(int outputIndex, int contentIndex, string delta)
    {
        var position = Position;
        if (position.OutputIndex != outputIndex || position.ContentIndex != contentIndex)
        {
            var breaks = position.OutputIndex != outputIndex && position.Length > 0;
            delta = breaks ? "\n\n" + delta : delta;
            var start = position.Length + (breaks ? 2 : 0);
            _parts[(outputIndex, contentIndex)] = new Part(start);
            position = new TextPosition(position.Length, outputIndex, contentIndex, start);
        }

        Position = position with { Length = position.Length + delta.Length };
        return delta;
    }

    /// <summary>A refusal is no part of the text that citations count in.</summary>
    public void MarkRefusal(int outputIndex, int contentIndex) => _parts.TryAdd((outputIndex, contentIndex), new Part(Position.Length));

    /// <summary>True when anything of the part came, here or to an earlier reader.</summary>
    public bool Has(int outputIndex, int contentIndex) => _parts.ContainsKey((outputIndex, contentIndex)) || WasRead(outputIndex, contentIndex);

    /// <summary>Counts a citation of the part; gives the number of characters before the part.</summary>
    public int BeginCitation(int outputIndex, int contentIndex)
    {
        if (!_parts.TryGetValue((outputIndex, contentIndex), out var part))
        {
            _parts[(outputIndex, contentIndex)] = part = new Part(Position.Length);
        }

        part.Citations++;
        return part.Start;
    }

    /// <summary>How many citations of the part came; those of a part that an earlier reader began count as all.</summary>
    public int CitationCount(int outputIndex, int contentIndex) => WasRead(outputIndex, contentIndex) ? int.MaxValue
        : _parts.TryGetValue((outputIndex, contentIndex), out var part) ? part.Citations : 0;

    private bool WasRead(int outputIndex, int contentIndex) =>
        outputIndex < _start.OutputIndex || (outputIndex == _start.OutputIndex && contentIndex <= _start.ContentIndex);

    private sealed class Part(int start)
    {
        public int Start { get; } = start;

        public int Citations { get; set; }
    }
}
