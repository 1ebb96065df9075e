using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>A stretch of an answer that is shown as one: a text, a reasoning, a notice, or tool calls in a row.</summary>
public sealed record AnswerPart(RunItemKind Kind, IReadOnlyList<RunItem> Items)
{
    /// <summary>Stays the same while the part grows.</summary>
    public Guid Key => Items[0].Id;

    /// <summary>Grows with each change of an item.</summary>
    public int Version => Items.Sum(item => item.Version) + Items.Count;

    /// <summary>The parts of an answer, in order.</summary>
    public static IReadOnlyList<AnswerPart> Of(IReadOnlyList<RunItem> items)
    {
        var parts = new List<AnswerPart>();
        for (var i = 0; i < items.Count;)
        {
            var end = i + 1;
            while (items[i].Kind is RunItemKind.ToolCall && end < items.Count && items[end].Kind is RunItemKind.ToolCall)
            {
                end++;
            }

            parts.Add(new AnswerPart(items[i].Kind, [.. items.Skip(i).Take(end - i)]));
            i = end;
        }

        return parts;
    }
}
