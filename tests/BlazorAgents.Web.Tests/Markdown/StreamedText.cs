using System.Text.RegularExpressions;
using BlazorAgents.Runs;
using BlazorAgents.Web.Markdown;

namespace BlazorAgents.Web.Tests.Markdown;

/// <summary>Streams a text and holds what its reader is left with against the text rendered as a whole.</summary>
internal static partial class StreamedText
{
    public static MarkdownRenderer Renderer { get; } = new();

    /// <summary>A text as a running answer's first words.</summary>
    public static RunItem Open(string text) => new(Guid.Empty, 0, RunItemKind.Text, text, isOpen: true);

    /// <summary>Streams a text, cut at the offsets. True if a settled block had to change at the end.</summary>
    public static bool EndsAsTheWhole(string text, IReadOnlyCollection<int> cuts)
    {
        var item = Open("");
        var markdown = new StreamingMarkdown(Renderer);
        var at = 0;
        foreach (var cut in cuts.Append(text.Length))
        {
            item.Append(text[at..cut]);
            at = cut;
            markdown.Update(item);
        }

        item.SetOpen(false);
        var changed = markdown.Update(item);
        var expected = Plain(Renderer.RenderBlocks(text));
        var actual = Plain(markdown.Blocks.Select(block => block.Html));
        Assert.True(expected == actual, $"text: {Escape(text)}\ncuts: {string.Join(',', cuts)}\nwhole: {Escape(expected)}\nstream: {Escape(actual)}");
        return changed;
    }

    /// <summary>A text for a message, on one line.</summary>
    public static string Escape(string text) => text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Blocks as one, without colours: code that takes too long has none, and on a busy machine any may take too long.</summary>
    public static string Plain(IEnumerable<string> blocks) => Colour().Replace(string.Concat(blocks), "");

    [GeneratedRegex("<span class=\"hl-.\">|</span>")]
    private static partial Regex Colour();
}
