using System.Text;

namespace BlazorAgents.Web.Markdown;

/// <summary>Completes a table of which only the head row, or half of the row of dashes, has come.</summary>
internal static class TableTail
{
    public static (int Keep, string End)? Repair(string tail, int unitStart, int lastLine)
    {
        var last = tail.AsSpan(lastLine);
        if (lastLine == unitStart)
        {
            return IsRow(last) && last.IndexOfAnyExcept("| \t:-") >= 0 ? Head(last, lastLine) : null;
        }

        var head = tail.AsSpan(unitStart..lastLine).TrimEnd("\r\n");
        return head.IndexOfAny('\n', '\r') < 0 && IsRow(head) && last.IndexOfAnyExcept("| \t:-") < 0
            ? (lastLine, Dashes(Columns(head)))
            : null;
    }

    private static (int Keep, string End) Head(ReadOnlySpan<char> row, int start)
    {
        var cell = row.LastIndexOf('|') + 1;
        var repaired = InlineTail.Repair(row[cell..]);
        var text = repaired is { } end ? string.Concat(row[..(cell + end.Unchanged)], end.End) : row.ToString();
        return (start, $"{text}\n{Dashes(Columns(text))}");
    }

    private static bool IsRow(ReadOnlySpan<char> line) => line.TrimStart() is ['|', ..];

    private static int Columns(ReadOnlySpan<char> row)
    {
        row = row.Trim();
        var pipes = 0;
        for (var i = 1; i < row.Length; i++)
        {
            pipes += row[i] == '|' && row[i - 1] != '\\' ? 1 : 0;
        }

        return Math.Max(1, pipes + (row is [.., not '\\', '|'] ? 0 : 1));
    }

    private static string Dashes(int columns) => new StringBuilder("|").Insert(1, "---|", columns).ToString();
}
