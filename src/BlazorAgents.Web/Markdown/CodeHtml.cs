using System.Text;
using Markdig.Syntax;

namespace BlazorAgents.Web.Markdown;

/// <summary>A code block: a bar of buttons without text, then the highlighted lines.</summary>
internal sealed class CodeHtml(CodeMemo? memo = null, bool isOpen = false)
{
    public const int FoldedLines = 30;
    public const string Bar =
        "<button type=\"button\" class=\"md-code-fold\" data-code=\"fold\" aria-label=\"Fold code\" title=\"Fold\"></button>" +
        "<button type=\"button\" class=\"md-code-wrap\" data-code=\"wrap\" aria-label=\"Wrap lines\" title=\"Wrap lines\" aria-pressed=\"false\"></button>" +
        "<button type=\"button\" class=\"md-code-copy\" data-code=\"copy\" aria-label=\"Copy code\" title=\"Copy\"></button>";

    public const string Close = "</code></pre></div>";
    private const int LongestLanguage = 24;

    public static string Open(string language, bool isLong) =>
        $"<div class=\"md-code\" data-testid=\"code-block\" dir=\"ltr\"{(isLong ? " data-long=\"true\"" : "")}>" +
        $"<div class=\"md-code-bar\" data-lang=\"{language}\">{Bar}</div><pre tabindex=\"0\"><code>";

    public RenderedBlock Render(CodeBlock block)
    {
        var fenced = block as FencedCodeBlock;
        var language = Clean(fenced?.Info);
        var text = TextOf(block);

        // Only the fence that the text ends in can be unclosed while the answer runs; an indented block is short enough to do whole.
        var grows = isOpen && fenced is { ClosingFencedCharCount: 0 };
        var lines = memo is null ? CodeHighlighter.Lines(language, text) : memo.Lines(language, text, grows);
        return RenderedBlock.Code(language, lines.Count, PieceGroups.Join(lines));
    }

    private static string TextOf(CodeBlock block)
    {
        var text = new StringBuilder();
        var lines = block.Lines;
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append(lines.Lines[i].Slice.AsSpan()).Append('\n');
        }

        return text.ToString();
    }

    // The label ends up in an attribute and in a class lookup: letters, digits and a few signs, nothing else.
    private static string Clean(string? info)
    {
        if (string.IsNullOrEmpty(info))
        {
            return "";
        }

        var clean = new StringBuilder(info.Length);
        foreach (var c in info)
        {
            if (clean.Length == LongestLanguage || !(char.IsAsciiLetterOrDigit(c) || c is '#' or '+' or '-' or '.' or '_'))
            {
                break;
            }

            clean.Append(char.ToLowerInvariant(c));
        }

        return clean.ToString();
    }
}
