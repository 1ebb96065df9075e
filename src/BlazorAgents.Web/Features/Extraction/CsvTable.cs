using System.Buffers;
using System.Text;
using System.Text.Json;

namespace BlazorAgents.Web.Features.Extraction;

/// <summary>
/// JSON as comma-separated values (RFC 4180): a row for the object, or one for each item of a list; fields in fields get their path as the
/// column, lists of plain values are joined by "; ".
/// </summary>
internal static class CsvTable
{
    private const int MaxDepth = 8;
    private const int MaxColumns = 500;

    // Also what other readers take for a separator.
    private static readonly SearchValues<char> s_quoted = SearchValues.Create("\",;\r\n\t");

    /// <summary>The table, lines ended by CR LF, with its header; null when it would have too many columns or be longer than that.</summary>
    public static string? Of(JsonElement json, int maxLength = int.MaxValue)
    {
        var columns = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<Dictionary<string, string>>();
        foreach (var item in json.ValueKind is JsonValueKind.Array ? json.EnumerateArray().ToList() : [json])
        {
            var row = new Dictionary<string, string>(StringComparer.Ordinal);
            Flatten(item, "", row, columns, 0);
            rows.Add(row);
            if (columns.Count > MaxColumns)
            {
                return null;
            }
        }

        var csv = new StringBuilder();
        WriteLine(csv, columns.Keys.Select(Guarded));
        foreach (var row in rows)
        {
            WriteLine(csv, columns.Keys.Select(column => row.GetValueOrDefault(column, "")));
            if (csv.Length > maxLength)
            {
                return null;
            }
        }

        return csv.ToString();
    }

    private static void Flatten(JsonElement value, string path, Dictionary<string, string> row, OrderedDictionary<string, int> columns, int depth)
    {
        if (value.ValueKind is JsonValueKind.Object && depth < MaxDepth)
        {
            foreach (var (name, field) in FieldText.Fields(value))
            {
                Flatten(field, path.Length == 0 ? name : $"{path}.{name}", row, columns, depth + 1);
            }

            return;
        }

        var column = path.Length == 0 ? "value" : path;
        columns.TryAdd(column, columns.Count);
        row[column] = Cell(value);
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => Guarded(FieldText.Text(value)),
        JsonValueKind.Array when FieldText.IsPlainList(value) =>
            Guarded(string.Join("; ", value.EnumerateArray().Select(item => item.ValueKind is JsonValueKind.String ? FieldText.Text(item) : Cell(item)))),
        _ => value.GetRawText(), // a number may begin with a minus: it is no formula
    };

    // A spreadsheet would take these beginnings for a formula; the apostrophe makes it text.
    private static string Guarded(string text) => text.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static void WriteLine(StringBuilder csv, IEnumerable<string> cells) =>
        csv.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(s_quoted) < 0 && cell == cell.Trim() ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
