using Markdig.Parsers;
using Markdig.Syntax;

namespace BlazorAgents.Web.Markdown;

/// <summary>
/// Gives a document that begins in the middle of an answer the link definitions from before it. A block parser only because that is called
/// before any inline is resolved; it never opens a block.
/// </summary>
internal sealed class KnownDefinitionsParser : BlockParser
{
    public static readonly object Key = new();

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.Context?.Properties.Remove(Key, out var known) == true)
        {
            foreach (var (label, definition) in (IReadOnlyDictionary<string, LinkReferenceDefinition>)known)
            {
                processor.Document.SetLinkReferenceDefinition(label, definition, addGroup: false);
            }
        }

        return BlockState.None;
    }
}
