using Markdig.Syntax;

namespace BlazorAgents.Web.Markdown;

/// <summary>The blocks of a text, and the link definitions it adds (by label, with the offset of each).</summary>
internal sealed class ParsedText
{
    public List<ParsedBlock> Blocks { get; } = [];

    public List<(string Label, LinkReferenceDefinition Definition, int Start)> Definitions { get; } = [];
}
