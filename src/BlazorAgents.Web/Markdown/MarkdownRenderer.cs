using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Syntax;

namespace BlazorAgents.Web.Markdown;

/// <summary>
/// The one place where text from a model becomes HTML: no raw HTML, no addresses but <see cref="UrlPolicy"/>'s, no images before a click,
/// bounded time and depth for any text. Thread-safe; one instance serves the application.
/// </summary>
public sealed class MarkdownRenderer
{
    private readonly MarkdownPipeline _pipeline = BuildPipeline();
    private static readonly Dictionary<string, LinkReferenceDefinition> s_none = [];

    /// <summary>The top-level blocks of a complete text, each as safe HTML.</summary>
    public IReadOnlyList<string> RenderBlocks(string text) => [.. Render(text).Select(block => block.Html)];

    /// <summary>The top-level blocks of a complete text.</summary>
    public IReadOnlyList<RenderedBlock> Render(string text) => Render(text, null);

    /// <summary>The top-level blocks of a text that was streamed and is complete now.</summary>
    internal IReadOnlyList<RenderedBlock> Render(string text, CodeMemo? memo) =>
        [.. Parse(text, TextUnits.Scan(text), s_none, new CodeHtml(memo)).Blocks.Select(parsed => parsed.Block)];

    /// <summary>The blocks of an answer's tail while more may come.</summary>
    internal ParsedText ParseOpen(
        string text, IReadOnlyList<TextUnit> units, IReadOnlyDictionary<string, LinkReferenceDefinition> known, CodeMemo memo) =>
        Parse(text, units, known, new CodeHtml(memo, isOpen: true));

    private ParsedText Parse(
        string text, IReadOnlyList<TextUnit> units, IReadOnlyDictionary<string, LinkReferenceDefinition> known, CodeHtml code)
    {
        var parsed = new ParsedText();
        for (var i = 0; i < units.Count;)
        {
            var next = i + 1;
            if (units[i].IsPlain)
            {
                parsed.Blocks.Add(new ParsedBlock(BlockHtml.Plain(text.AsSpan(units[i].Start..units[i].End)), units[i].Start, BeginsAfresh: true));
            }
            else
            {
                while (next < units.Count && !units[next].IsPlain)
                {
                    next++;
                }

                ParseRun(parsed, text, units, i..next, known, code);
            }

            i = next;
        }

        return parsed;
    }

    private void ParseRun(
        ParsedText parsed, string text, IReadOnlyList<TextUnit> units, Range run, IReadOnlyDictionary<string, LinkReferenceDefinition> known, CodeHtml code)
    {
        var (first, last) = (run.Start.Value, run.End.Value - 1);
        var (start, end) = (units[first].Start, units[last].End);
        try
        {
            var labels = Labels(known, parsed);
            var document = MarkdownParser.Parse(text[start..end], _pipeline, KnownDefinitionsParser.Context(labels));
            Collect(parsed, text, document, start, labels, code);
        }
        catch (ArgumentException) when (last > first)
        {
            // Nested deeper than the parser allows: the unit that does it is shown as it is, the others as usual.
            for (var i = first; i <= last; i++)
            {
                ParseRun(parsed, text, units, i..(i + 1), known, code);
            }
        }
        catch (ArgumentException)
        {
            parsed.Blocks.Add(new ParsedBlock(BlockHtml.Plain(text.AsSpan(start..end)), start, BeginsAfresh: true));
        }
    }

    private static IReadOnlyDictionary<string, LinkReferenceDefinition> Labels(
        IReadOnlyDictionary<string, LinkReferenceDefinition> known, ParsedText parsed)
    {
        if (parsed.Definitions.Count == 0)
        {
            return known;
        }

        var labels = new Dictionary<string, LinkReferenceDefinition>(known, StringComparer.OrdinalIgnoreCase);
        foreach (var (label, definition, _) in parsed.Definitions)
        {
            labels.TryAdd(label, definition);
        }

        return labels;
    }

    private static void Collect(
        ParsedText parsed, string text, MarkdownDocument document, int offset, IReadOnlyDictionary<string, LinkReferenceDefinition> known, CodeHtml code)
    {
        var writer = new BlockHtml(code);
        var rendered = new List<ParsedBlock>(document.Count);
        foreach (var block in document)
        {
            if (writer.Render(block) is { } html)
            {
                var start = LineStart(text, offset, offset + block.Span.Start);
                rendered.Add(new ParsedBlock(html, start, BeginsAfresh(block, text.AsSpan(start))));
            }
        }

        parsed.Blocks.AddRange(rendered);
        if (document.GetLinkReferenceDefinitions(addGroup: false) is { } group)
        {
            parsed.Definitions.AddRange(group.Links.Where(link => !known.ContainsKey(link.Key))
                .Select(link => (link.Key, link.Value, offset + link.Value.Span.Start)));
        }
    }

    // A table or what follows a link definition may begin on a later line of a paragraph, where "2) a" is text; read alone it is a list. In
    // the same way an item may be indented so far that it is code when read alone.
    private static bool BeginsAfresh(Block block, ReadOnlySpan<char> text)
    {
        var line = MarkdownLine.Of(text[..TextUnits.LineEnd(text, 0)]);
        return block switch
        {
            FencedCodeBlock or not CodeBlock when line.Indent >= 4 => false,
            ParagraphBlock or Table or HeadingBlock { IsSetext: true } => !line.StartsBlock,
            _ => true,
        };
    }

    private static int LineStart(string text, int from, int at)
    {
        while (at > from && text[at - 1] is not ('\n' or '\r'))
        {
            at--;
        }

        return at;
    }

    private static MarkdownPipeline BuildPipeline()
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = 100 }
            .DisableHtml()
            .UsePipeTables(new PipeTableOptions { UseGfmRules = true })
            .UseTaskLists()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseAutoLinks(new AutoLinkOptions { UseHttpsForWWWLinks = true });
        KnownDefinitionsParser.AddTo(builder);
        return builder.Build();
    }
}
