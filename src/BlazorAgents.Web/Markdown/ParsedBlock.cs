namespace BlazorAgents.Web.Markdown;

/// <summary>A rendered top-level block.</summary>
/// <param name="Block">Its HTML.</param>
/// <param name="Start">Offset of the line it begins on.</param>
/// <param name="BeginsAfresh">Its first line begins the same block without the lines above it.</param>
internal readonly record struct ParsedBlock(RenderedBlock Block, int Start, bool BeginsAfresh);
