using System.Buffers;

namespace BlazorAgents.Runs;

/// <summary>Lines of comma-separated values (RFC 4180) that a spreadsheet does not take for formulas.</summary>
internal static class CsvText
{
    // Also what other readers take for a separator.
    private static readonly SearchValues<char> s_quoted = SearchValues.Create("\",;\r\n\t");
    private static readonly SearchValues<char> s_formula = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    /// <summary>One line without its end.</summary>
    public static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell));

    // A cell that begins like a formula would be carried out by whoever opens the file; the apostrophe makes it text.
    private static string Cell(string? text)
    {
        var safe = text is [var first, ..] && s_formula.Contains(first) ? $"'{text}" : text ?? "";
        return safe.AsSpan().ContainsAny(s_quoted) || safe != safe.Trim() ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
