using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;

namespace BlazorAgents.Web.Markdown;

/// <summary>
/// Gives a document that begins in the middle of an answer the link definitions from before it. A block parser only because that is called
/// before any inline is resolved; it never opens a block.
/// </summary>
internal sealed class KnownDefinitionsParser : BlockParser
{
    private static readonly object s_key = new();

    private KnownDefinitionsParser(char[]? opening) => OpeningCharacters = opening;

    // Parsers that name their opening characters are asked first: one of ours stands before those, one before the others.
    public static void AddTo(MarkdownPipelineBuilder builder)
    {
        char[] named = [.. builder.BlockParsers.SelectMany(parser => parser.OpeningCharacters ?? []).Distinct()];
        builder.BlockParsers.Insert(0, new KnownDefinitionsParser(named));
        builder.BlockParsers.Insert(0, new KnownDefinitionsParser(null));
    }

    public static MarkdownParserContext? Context(IReadOnlyDictionary<string, LinkReferenceDefinition> known)
    {
        if (known.Count == 0)
        {
            return null;
        }

        var context = new MarkdownParserContext();
        context.Properties[s_key] = known;
        return context;
    }

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.Context?.Properties.Remove(s_key, out var known) == true)
        {
            foreach (var (label, definition) in (IReadOnlyDictionary<string, LinkReferenceDefinition>)known)
            {
                // A copy: a definition belongs to one document.
                var copy = new LinkReferenceDefinition(definition.Label, definition.Url, definition.Title);
                processor.Document.SetLinkReferenceDefinition(label, copy, addGroup: false);
            }
        }

        return BlockState.None;
    }
}
