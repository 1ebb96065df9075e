namespace BlazorAgents.Web.Markdown;

/// <summary>
/// Joins full runs of finished pieces, so that a list of a thousand items is forty components and not a thousand. Each piece is sent once
/// more when its run is joined.
/// </summary>
internal static class PieceGroups
{
    private const int Size = 32;

    public static IReadOnlyList<string> Join(IReadOnlyList<string> pieces, int first = 0)
    {
        var full = (pieces.Count - first - 1) / Size;
        if (full <= 0)
        {
            return pieces;
        }

        var joined = new List<string>(first + full + Size);
        joined.AddRange(pieces.Take(first));
        for (var group = 0; group < full; group++)
        {
            joined.Add(string.Concat(pieces.Skip(first + (group * Size)).Take(Size)));
        }

        joined.AddRange(pieces.Skip(first + (full * Size)));
        return joined;
    }
}
