namespace BlazorAgents.Web.Markdown;

/// <summary>A rendered top-level block and the offset of the line it begins on.</summary>
internal readonly record struct ParsedBlock(RenderedBlock Block, int Start);
