using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>A stretch of an answer that is shown as one: a text, a reasoning, a notice, or tool calls in a row. Sources stand at the answer's end.</summary>
public sealed record AnswerPart(RunItemKind Kind, IReadOnlyList<RunItem> Items)
{
    /// <summary>Stays the same while the part grows.</summary>
    public Guid Key => Items[0].Id;

    /// <summary>Grows with each change of an item.</summary>
    public int Version => Items.Sum(item => item.Version) + Items.Count;

    /// <summary>The parts of an answer without its sources, in order.</summary>
    public static IReadOnlyList<AnswerPart> Of(IReadOnlyList<RunItem> all)
    {
        // A source may stand anywhere; it parts nothing.
        var items = all.Where(item => item.Kind is not RunItemKind.Source).ToList();
        var parts = new List<AnswerPart>();
        for (var i = 0; i < items.Count;)
        {
            var end = i + 1;
            while (IsGrouped(items[i]) && end < items.Count && IsGrouped(items[end]))
            {
                end++;
            }

            parts.Add(new AnswerPart(items[i].Kind, items[i..end]));
            i = end;
        }

        return parts;
    }

    // A picture is meant to be seen; it never hides in a group.
    private static bool IsGrouped(RunItem item) =>
        item.Kind is RunItemKind.ToolCall || (item.Kind is RunItemKind.HostedTool && item.Hosted?.Kind is not HostedToolKind.ImageGeneration);
}
