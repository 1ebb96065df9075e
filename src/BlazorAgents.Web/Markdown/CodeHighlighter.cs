using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ColorCode;
using ColorCode.Common;
using ColorCode.Parsing;

namespace BlazorAgents.Web.Markdown;

/// <summary>
/// Source text as lines of HTML with classes (hl-k keyword, hl-s string, hl-c comment, hl-n number, hl-t type, hl-f function). Text that is
/// too long, or takes too long, stays plain. Thread-safe.
/// </summary>
internal static class CodeHighlighter
{
    private const int MaxLength = 64 * 1024;
    private const int MaxLine = 4 * 1024;
    private static readonly TimeSpan s_budget = TimeSpan.FromMilliseconds(500);
    private static readonly Lazy<LanguageParser> s_parser = new(() => new LanguageParser(new BoundedLanguageCompiler(), CodeLanguages.Repository));

    /// <summary>One string for each line, each ending with a line feed; a span never reaches over a line's end.</summary>
    public static IReadOnlyList<string> Lines(string language, string text)
    {
        if (text.Length <= MaxLength && CodeLanguages.Find(language) is { } known && LongestLine(text) <= MaxLine)
        {
            try
            {
                var lines = new CodeLines();
                var started = Stopwatch.GetTimestamp();
                s_parser.Value.Parse(text, known, (fragment, scopes) =>
                {
                    if (Stopwatch.GetElapsedTime(started) > s_budget)
                    {
                        throw new RegexMatchTimeoutException();
                    }

                    Append(lines, fragment, scopes);
                });
                return lines.Finish();
            }
            catch (RegexMatchTimeoutException)
            {
                // The rules backtrack on this text: it is shown without colours.
            }
        }

        var plain = new CodeLines();
        plain.Append(text, null);
        return plain.Finish();
    }

    private static int LongestLine(string text)
    {
        var longest = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            longest = Math.Max(longest, line.Length);
        }

        return longest;
    }

    private static void Append(CodeLines lines, string fragment, IList<Scope> scopes)
    {
        var end = Append(lines, fragment, scopes, 0, fragment.Length, null);
        lines.Append(fragment.AsSpan(end), null);
    }

    // Scopes may nest and, in some of the rules, overlap: every character is written once, with the innermost class.
    private static int Append(CodeLines lines, string fragment, IList<Scope> scopes, int from, int to, string? outer)
    {
        foreach (var scope in scopes)
        {
            var start = Math.Clamp(scope.Index, from, to);
            var end = Math.Clamp(scope.Index + scope.Length, start, to);
            lines.Append(fragment.AsSpan(from, start - from), outer);
            var inner = ClassOf(scope.Name) ?? outer;
            start = Append(lines, fragment, scope.Children, start, end, inner);
            lines.Append(fragment.AsSpan(start, end - start), inner);
            from = end;
        }

        return from;
    }

    private static string? ClassOf(string scope) => scope switch
    {
        ScopeName.Keyword or ScopeName.PreprocessorKeyword or ScopeName.PseudoKeyword or ScopeName.ControlKeyword or ScopeName.HtmlElementName
            or ScopeName.XmlName or ScopeName.CssSelector or ScopeName.PowerShellOperator or ScopeName.MarkdownHeader => "hl-k",
        ScopeName.String or ScopeName.StringCSharpVerbatim or ScopeName.StringEscape or ScopeName.HtmlAttributeValue or ScopeName.XmlAttributeValue
            or ScopeName.XmlAttributeQuotes or ScopeName.XmlCDataSection or ScopeName.CssPropertyValue or ScopeName.JsonString or ScopeName.MarkdownCode => "hl-s",
        ScopeName.Comment or ScopeName.HtmlComment or ScopeName.XmlComment or ScopeName.XmlDocComment or ScopeName.XmlDocTag => "hl-c",
        ScopeName.Number or ScopeName.JsonNumber or ScopeName.JsonConst or ScopeName.BuiltinValue or ScopeName.HtmlEntity => "hl-n",
        ScopeName.ClassName or ScopeName.Type or ScopeName.TypeVariable or ScopeName.NameSpace or ScopeName.Constructor or ScopeName.PowerShellType
            or ScopeName.HtmlAttributeName or ScopeName.XmlAttribute or ScopeName.CssPropertyName or ScopeName.JsonKey or ScopeName.PowerShellAttribute => "hl-t",
        ScopeName.BuiltinFunction or ScopeName.SqlSystemFunction or ScopeName.Intrinsic or ScopeName.Predefined or ScopeName.PowerShellVariable => "hl-f",
        _ => null,
    };
}
