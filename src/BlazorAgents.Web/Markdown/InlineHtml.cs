using System.Text;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax.Inlines;

namespace BlazorAgents.Web.Markdown;

/// <summary>Inline elements as HTML. What is not named here is written as its escaped text.</summary>
internal static class InlineHtml
{
    public static void Append(StringBuilder html, ContainerInline? container)
    {
        for (var inline = container?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            AppendOne(html, inline);
        }
    }

    private static void AppendOne(StringBuilder html, Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                html.AppendEscaped(literal.Content.AsSpan());
                break;
            case CodeInline code:
                html.Append("<code>").AppendEscaped(code.ContentSpan).Append("</code>");
                break;
            case EmphasisInline emphasis:
                AppendEmphasis(html, emphasis);
                break;
            case LinkInline link:
                AppendLink(html, link);
                break;
            case AutolinkInline auto:
                AppendAutolink(html, auto);
                break;
            case LineBreakInline line:
                html.Append(line.IsHard ? "<br>\n" : "\n");
                break;
            case HtmlEntityInline entity:
                html.AppendEscaped(entity.Transcoded.AsSpan());
                break;
            case TaskList task:
                html.Append(task.Checked
                    ? "<span class=\"md-task md-done\" role=\"img\" aria-label=\"Done\"></span>"
                    : "<span class=\"md-task\" role=\"img\" aria-label=\"Open\"></span>");
                break;
            case HtmlInline raw:
                html.AppendEscaped(raw.Tag);
                break;
            case DelimiterInline delimiter:
                html.AppendEscaped(delimiter.ToLiteral());
                Append(html, delimiter);
                break;
            case ContainerInline container:
                Append(html, container);
                break;
        }
    }

    private static void AppendEmphasis(StringBuilder html, EmphasisInline emphasis)
    {
        var tag = (emphasis.DelimiterChar, emphasis.DelimiterCount) switch
        {
            ('~', _) => "del",
            (_, 2) => "strong",
            _ => "em",
        };
        html.Append('<').Append(tag).Append('>');
        Append(html, emphasis);
        html.Append("</").Append(tag).Append('>');
    }

    private static void AppendLink(StringBuilder html, LinkInline link)
    {
        var address = link.GetDynamicUrl?.Invoke() ?? link.Url;
        if (link.IsImage)
        {
            AppendImage(html, link, address);
        }
        else if (UrlPolicy.TryLink(address, out var url))
        {
            AppendAnchor(html, url);
            Append(html, link);
            html.Append("</a>");
        }
        else
        {
            Append(html, link);
        }
    }

    private static void AppendAutolink(StringBuilder html, AutolinkInline auto)
    {
        if (UrlPolicy.TryLink(auto.IsEmail ? "mailto:" + auto.Url : auto.Url, out var url))
        {
            AppendAnchor(html, url);
            html.AppendEscaped(auto.Url).Append("</a>");
        }
        else
        {
            html.AppendEscaped(auto.Url);
        }
    }

    private static void AppendAnchor(StringBuilder html, SafeUrl url) => html
        .Append("<a href=\"").AppendEscaped(url.Href)
        .Append("\" rel=\"noopener noreferrer nofollow\" target=\"_blank\" title=\"").AppendEscaped(url.Host).Append("\">");

    // A picture's address may carry what the model was tricked into telling; nothing is fetched before the reader asks for it.
    private static void AppendImage(StringBuilder html, LinkInline link, string? address)
    {
        var alt = new StringBuilder();
        AppendText(alt, link);
        if (!UrlPolicy.TryImage(address, out var url))
        {
            html.AppendEscaped(alt.ToString());
            return;
        }

        html.Append("<button type=\"button\" class=\"md-image\" data-src=\"").AppendEscaped(url.Href)
            .Append("\" data-host=\"").AppendEscaped(url.Host)
            .Append("\" data-alt=\"").AppendEscaped(alt.ToString())
            .Append("\" title=\"Load image from ").AppendEscaped(url.Host).Append("\">")
            .AppendEscaped(alt.Length > 0 ? alt.ToString() : "Image").Append("</button>");
    }

    private static void AppendText(StringBuilder text, ContainerInline container)
    {
        foreach (var inline in container)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.ContentSpan);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
                case ContainerInline nested:
                    AppendText(text, nested);
                    break;
            }
        }
    }
}
