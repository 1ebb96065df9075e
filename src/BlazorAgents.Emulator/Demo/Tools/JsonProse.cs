using System.Globalization;
using System.Text;
using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Tells JSON in Markdown: rows as a table, one row as a list, passages as quotes with their source.</summary>
internal static class JsonProse
{
    private const int MostRows = 50;
    private const int MostCell = 200;

    private static readonly string[] s_lists = ["results", "items", "data", "rows", "passages", "matches", "documents", "hits", "products", "orders"];

    public static string Tell(JsonElement json, string question)
    {
        json = ListIn(json) ?? json;

        if (json.ValueKind == JsonValueKind.Object)
        {
            return Passages.Tell([json], question) ?? Fields(json);
        }

        var rows = json.EnumerateArray().ToList();
        if (rows.Count == 0)
        {
            return "The list is empty.";
        }

        if (rows.Any(row => row.ValueKind != JsonValueKind.Object))
        {
            return string.Join('\n', rows.Take(MostRows).Select(row => "- " + Value(row)));
        }

        return Passages.Tell(rows, question) ?? (rows.Count == 1 ? "I found one result:\n\n" + Fields(rows[0]) : $"I found {rows.Count} results:\n\n" + Table(rows));
    }

    /// <summary>The list that an object is there for, such as its "results", or null.</summary>
    public static JsonElement? ListIn(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && s_lists.FirstOrDefault(name => json.Member(name) is { ValueKind: JsonValueKind.Array }) is { } list
            ? json.GetProperty(list)
            : null;

    private static string Fields(JsonElement row) =>
        string.Join('\n', row.EnumerateObject().Select(property => $"- **{Names.Title(property.Name)}:** {Value(property.Value)}"));

    private static string Table(List<JsonElement> rows)
    {
        var columns = rows.SelectMany(row => row.EnumerateObject().Select(property => property.Name)).Distinct().Take(8).ToList();
        var table = new StringBuilder();
        table.Append("| ").AppendJoin(" | ", columns.Select(Names.Title)).Append(" |\n|").Append(string.Concat(columns.Select(_ => " --- |"))).Append('\n');
        foreach (var row in rows.Take(MostRows))
        {
            table.Append("| ").AppendJoin(" | ", columns.Select(column => row.Member(column) is { } cell ? Cell(cell) : "")).Append(" |\n");
        }

        return rows.Count > MostRows ? table.Append(CultureInfo.InvariantCulture, $"\n… and {rows.Count - MostRows} more.").ToString() : table.ToString().TrimEnd();
    }

    private static string Cell(JsonElement cell) => Value(cell).Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Null => "–",
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(property => $"{Names.Readable(property.Name)}: {Value(property.Value)}")) is { Length: <= MostCell } members ? members : value.ToString()[..MostCell] + " …",
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)) => string.Join(", ", value.EnumerateArray().Select(Value)),
        _ => value.ToString() is { Length: > MostCell } long_ ? long_[..MostCell] + " …" : value.ToString(),
    };
}
