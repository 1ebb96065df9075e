namespace BlazorAgents.OpenAI.Responses;

/// <summary>How far the text of a streamed answer is. The wire's citations count from the beginning of a part, ours from that of the message.</summary>
/// <param name="Length">Characters so far.</param>
/// <param name="OutputIndex">The item that is being written; -1 before the first.</param>
/// <param name="ContentIndex">The part of that item.</param>
/// <param name="PartStart">Characters before that part.</param>
internal readonly record struct TextPosition(int Length, int OutputIndex, int ContentIndex, int PartStart)
{
    public static TextPosition Start { get; } = new(0, -1, -1, 0);
}
