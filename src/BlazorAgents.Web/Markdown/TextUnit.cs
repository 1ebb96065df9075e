namespace BlazorAgents.Web.Markdown;

/// <summary>A run of lines that no earlier or later paragraph reaches into: the grain of settling and of refusing hostile text.</summary>
/// <param name="Start">Offset of its first line.</param>
/// <param name="End">Offset behind its last line.</param>
/// <param name="IsPlain">Too hostile to parse: shown as it is.</param>
/// <param name="EndsInFence">A code fence is open behind its last line.</param>
/// <param name="FenceLine">With an open fence: offset of the line that opened it.</param>
internal readonly record struct TextUnit(int Start, int End, bool IsPlain, bool EndsInFence, int FenceLine);
