using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using BlazorAgents.Web.Markdown;

namespace BlazorAgents.Web.Tests.Markdown;

/// <summary>What rendered HTML may consist of, checked on the parsed tree.</summary>
internal static class SafeHtml
{
    private static readonly HashSet<string> s_elements =
    [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "br", "em", "strong", "del", "code", "pre", "a", "button",
        "span", "div", "table", "thead", "tbody", "tr", "th", "td",
    ];

    private static readonly HashSet<string> s_attributes =
    [
        "dir", "class", "href", "rel", "target", "title", "role", "aria-label", "aria-pressed", "tabindex", "start", "type", "data-src",
        "data-host", "data-alt", "data-lang", "data-long", "data-code", "data-testid",
    ];

    private static readonly HashSet<string> s_classes =
    [
        "md-plain", "md-task", "md-done", "md-task-item", "md-image", "md-table", "md-start", "md-center", "md-end", "md-code", "md-code-bar",
        "md-code-copy", "md-code-wrap", "md-code-fold", "hl-k", "hl-s", "hl-c", "hl-n", "hl-t", "hl-f",
    ];

    public static IElement Parse(string html) => new HtmlParser().ParseDocument($"<body>{html}</body>").Body!;

    public static void Check(string html, string source)
    {
        foreach (var element in Parse(html).QuerySelectorAll("*"))
        {
            Assert.True(s_elements.Contains(element.LocalName), $"<{element.LocalName}> from: {source}");
            foreach (var attribute in element.Attributes)
            {
                Assert.True(s_attributes.Contains(attribute.Name), $"{attribute.Name} from: {source}");
            }

            Assert.All(element.ClassList, name => Assert.True(s_classes.Contains(name), $"class {name} from: {source}"));
            CheckAddresses(element, source);
            Assert.True(element.GetAttribute("data-testid") is null or "code-block", $"test id from: {source}");
        }
    }

    private static void CheckAddresses(IElement element, string source)
    {
        if (element.GetAttribute("href") is { } href)
        {
            Assert.True(UrlPolicy.TryLink(href, out _), $"{href} from: {source}");
            Assert.Equal("noopener noreferrer nofollow", element.GetAttribute("rel"));
            Assert.Equal("_blank", element.GetAttribute("target"));
            Assert.False(string.IsNullOrEmpty(element.GetAttribute("title")));
        }

        if (element.GetAttribute("data-src") is { } address)
        {
            Assert.True(UrlPolicy.TryImage(address, out _), $"{address} from: {source}");
            Assert.StartsWith("http", address, StringComparison.Ordinal);
        }
    }
}
