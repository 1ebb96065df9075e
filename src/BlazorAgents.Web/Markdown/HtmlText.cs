using System.Text;

namespace BlazorAgents.Web.Markdown;

/// <summary>Writes model text as HTML text or attribute value; the only escaping there is.</summary>
internal static class HtmlText
{
    private static readonly System.Buffers.SearchValues<char> s_special = System.Buffers.SearchValues.Create("&<>\"'\0");

    public static StringBuilder AppendEscaped(this StringBuilder html, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(s_special) is >= 0 and var at)
        {
            html.Append(text[..at]).Append(text[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => "\uFFFD",
            });
            text = text[(at + 1)..];
        }

        return html.Append(text);
    }
}
