using System.Text;
using Markdig.Extensions.Tables;

namespace BlazorAgents.Web.Markdown;

/// <summary>A pipe table: aligned by classes, because the page's policy forbids style attributes.</summary>
internal static class TableHtml
{
    public const string RegionClass = "md-table";
    public const string RegionLabel = "Table";
    public const string Open = $"<div class=\"{RegionClass}\" role=\"region\" aria-label=\"{RegionLabel}\" tabindex=\"0\"><table dir=\"auto\">";
    public const string Close = "</table></div>";

    /// <summary>The head, then one piece for each row.</summary>
    public static List<string> Pieces(Table table)
    {
        var pieces = new List<string>(table.Count + 1);
        var html = new StringBuilder();
        var hasHead = table.Count > 0 && table[0] is TableRow { IsHeader: true };
        if (!hasHead)
        {
            pieces.Add("<thead></thead>");
        }

        foreach (var row in table.OfType<TableRow>())
        {
            html.Clear().Append(row.IsHeader ? "<thead><tr>" : "<tr>");
            AppendCells(html, table, row);
            pieces.Add(html.Append(row.IsHeader ? "</tr></thead>" : "</tr>").ToString());
        }

        return pieces;
    }

    private static void AppendCells(StringBuilder html, Table table, TableRow row)
    {
        var tag = row.IsHeader ? "th" : "td";
        for (var i = 0; i < row.Count; i++)
        {
            html.Append('<').Append(tag);
            if (i < table.ColumnDefinitions.Count && AlignClass(table.ColumnDefinitions[i].Alignment) is { } align)
            {
                html.Append(" class=\"").Append(align).Append('"');
            }

            html.Append('>');
            foreach (var block in (TableCell)row[i])
            {
                if (block is Markdig.Syntax.LeafBlock leaf)
                {
                    InlineHtml.Append(html, leaf.Inline);
                }
            }

            html.Append("</").Append(tag).Append(">\n");
        }
    }

    private static string? AlignClass(TableColumnAlign? align) => align switch
    {
        TableColumnAlign.Center => "md-center",
        TableColumnAlign.Right => "md-end",
        TableColumnAlign.Left => "md-start",
        _ => null,
    };
}
