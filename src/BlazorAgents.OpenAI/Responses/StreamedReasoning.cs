using Microsoft.Extensions.AI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>The model's thoughts as they come: the parts of an item, and items, are parted by an empty line.</summary>
internal sealed class StreamedReasoning
{
    private readonly HashSet<string> _items = new(StringComparer.Ordinal);
    private string? _itemId;
    private int _part;

    public TextReasoningContent Append(string itemId, int part, string delta)
    {
        if (itemId == _itemId && part == _part)
        {
            return new TextReasoningContent(delta);
        }

        var content = new TextReasoningContent(_itemId is null ? delta : "\n\n" + delta);
        if (itemId != _itemId)
        {
            ReasoningId.Set(content, itemId); // the deltas of an item become one content, which keeps the first one's properties
            _items.Add(itemId);
        }

        (_itemId, _part) = (itemId, part);
        return content;
    }

    /// <summary>True when deltas of the item came.</summary>
    public bool Has(string? itemId) => itemId is not null && _items.Contains(itemId);

    /// <summary>What the end of an item adds to its deltas: the encrypted form.</summary>
    public static TextReasoningContent? End(Sdk.ReasoningResponseItem item) => item.EncryptedContent is { Length: > 0 } encrypted
        ? new TextReasoningContent(string.Empty) { ProtectedData = encrypted }
        : null;
}
