using System.Globalization;

namespace BlazorAgents.Web.Markdown;

/// <summary>
/// A top-level block as safe HTML. A block that grows (list, table, code) comes in pieces, so that only its last piece is sent again; each
/// piece is complete HTML by itself. Immutable; an unchanged block or piece is the same instance from tick to tick.
/// </summary>
public sealed class RenderedBlock
{
    private RenderedBlock(BlockShape shape, IReadOnlyList<string> pieces) => (Shape, Pieces) = (shape, pieces);

    /// <summary>What holds the pieces together.</summary>
    public BlockShape Shape { get; }

    /// <summary>The HTML pieces, in order.</summary>
    public IReadOnlyList<string> Pieces { get; private init; }

    /// <summary>For a list: its element, ul or ol.</summary>
    public string ListElement { get; private init; } = "ul";

    /// <summary>For an ordered list that does not begin at 1: its first number.</summary>
    public string? ListStart { get; private init; }

    /// <summary>For code: the language as the model named it, cleaned; empty if none.</summary>
    public string Language { get; private init; } = "";

    /// <summary>For code: whether it is long enough to be folded.</summary>
    public bool IsLong { get; private init; }

    /// <summary>The whole block as one string.</summary>
    public string Html => Shape switch
    {
        BlockShape.List => $"<{ListElement} dir=\"auto\"{(ListStart is null ? "" : $" start=\"{ListStart}\"")}>{string.Concat(Pieces)}</{ListElement}>",
        BlockShape.Table => $"{TableHtml.Open}{Pieces[0]}<tbody>{string.Concat(Pieces.Skip(1))}</tbody>{TableHtml.Close}",
        BlockShape.Code => $"{CodeHtml.Open(Language, IsLong)}{string.Concat(Pieces)}{CodeHtml.Close}",
        _ => Pieces[0],
    };

    internal static RenderedBlock Of(string html) => new(BlockShape.Html, [html]);

    internal static RenderedBlock List(bool ordered, int start, IReadOnlyList<string> items) => new(BlockShape.List, items)
    {
        ListElement = ordered ? "ol" : "ul",
        ListStart = ordered && start != 1 ? start.ToString(CultureInfo.InvariantCulture) : null,
    };

    internal static RenderedBlock Table(IReadOnlyList<string> headAndRows) => new(BlockShape.Table, headAndRows);

    internal static RenderedBlock Code(string language, int lines, IReadOnlyList<string> pieces) => new(BlockShape.Code, pieces)
    {
        Language = language,
        IsLong = lines > CodeHtml.FoldedLines,
    };

    /// <summary>This block with every piece that did not change taken from an earlier drawing of it; that drawing itself if nothing did.</summary>
    internal RenderedBlock Reuse(RenderedBlock? earlier)
    {
        if (earlier is null || earlier.Shape != Shape)
        {
            return this;
        }

        var pieces = new string[Pieces.Count];
        var same = Pieces.Count == earlier.Pieces.Count && HasSameFrame(earlier);
        for (var i = 0; i < pieces.Length; i++)
        {
            var kept = i < earlier.Pieces.Count && earlier.Pieces[i] == Pieces[i];
            pieces[i] = kept ? earlier.Pieces[i] : Pieces[i];
            same &= kept;
        }

        return same ? earlier : new RenderedBlock(Shape, pieces)
        {
            ListElement = ListElement,
            ListStart = ListStart,
            Language = Language,
            IsLong = IsLong,
        };
    }

    private bool HasSameFrame(RenderedBlock other) =>
        ListElement == other.ListElement && ListStart == other.ListStart && Language == other.Language && IsLong == other.IsLong;
}
