using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;

namespace BlazorAgents.Web.Markdown;

/// <summary>Blocks as HTML, built from an allow-list of elements; nothing of the model's text reaches a tag or an attribute name.</summary>
internal sealed class BlockHtml(CodeHtml code)
{
    /// <summary>A top-level block; null for one that shows nothing.</summary>
    public RenderedBlock? Render(Block block)
    {
        switch (block)
        {
            case LinkReferenceDefinitionGroup or LinkReferenceDefinition or BlankLineBlock:
                return null;
            case ListBlock list:
                return RenderedBlock.List(list.IsOrdered, StartOf(list), PieceGroups.Join(Items(list)));
            case Table table:
                return RenderedBlock.Table(PieceGroups.Join(TableHtml.Pieces(table), first: 1));
            case CodeBlock codeBlock:
                return code.Render(codeBlock);
            default:
                var html = new StringBuilder();
                Append(html, block, tight: false);
                return html.Length == 0 ? null : RenderedBlock.Of(html.ToString());
        }
    }

    /// <summary>Text that is too hostile to parse, as it is.</summary>
    public static RenderedBlock Plain(ReadOnlySpan<char> text) => RenderedBlock.Of(
        new StringBuilder(text.Length + 64).Append("<p class=\"md-plain\" dir=\"auto\">").AppendEscaped(text.TrimEnd()).Append("</p>\n").ToString());

    private void Append(StringBuilder html, Block block, bool tight)
    {
        switch (block)
        {
            case ParagraphBlock paragraph when tight:
                InlineHtml.Append(html, paragraph.Inline);
                break;
            case ParagraphBlock paragraph:
                html.Append("<p dir=\"auto\">");
                InlineHtml.Append(html, paragraph.Inline);
                html.Append("</p>\n");
                break;
            case HeadingBlock heading:
                var level = (char)('0' + Math.Clamp(heading.Level, 1, 6));
                html.Append("<h").Append(level).Append(" dir=\"auto\">");
                InlineHtml.Append(html, heading.Inline);
                html.Append("</h").Append(level).Append(">\n");
                break;
            case ThematicBreakBlock:
                html.Append("<hr>\n");
                break;
            case QuoteBlock quote:
                html.Append("<blockquote dir=\"auto\">");
                AppendAll(html, quote);
                html.Append("</blockquote>\n");
                break;
            case ListBlock or Table or CodeBlock:
                html.Append(Render(block)!.Html);
                break;
            case LinkReferenceDefinitionGroup or LinkReferenceDefinition or BlankLineBlock:
                break;
            case ContainerBlock container:
                AppendAll(html, container);
                break;
            case LeafBlock leaf:
                html.Append("<p dir=\"auto\">").AppendEscaped(leaf.Lines.ToString()).Append("</p>\n");
                break;
        }
    }

    private void AppendAll(StringBuilder html, ContainerBlock container)
    {
        foreach (var block in container)
        {
            Append(html, block, tight: false);
        }
    }

    private List<string> Items(ListBlock list)
    {
        var items = new List<string>(list.Count);
        var html = new StringBuilder();
        foreach (var item in list.OfType<ListItemBlock>())
        {
            html.Clear().Append(IsTask(item) ? "<li class=\"md-task-item\">" : "<li>");
            for (var i = 0; i < item.Count; i++)
            {
                Append(html, item[i], tight: !list.IsLoose);
                if (i + 1 < item.Count && html[^1] != '\n')
                {
                    html.Append('\n');
                }
            }

            items.Add(html.Append("</li>\n").ToString());
        }

        return items;
    }

    private static bool IsTask(ListItemBlock item) => item.Count > 0 && item[0] is ParagraphBlock { Inline.FirstChild: TaskList };

    private static int StartOf(ListBlock list) =>
        int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
}
