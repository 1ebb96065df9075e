using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Conversations;

/// <summary>A conversation: an id, metadata, and items that responses read and add to. One response at a time.</summary>
internal sealed class StoredConversation(long createdAt)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<JsonElement> _items = [];
    private bool _locked;

    public string Id { get; } = WireId.New("conv");

    public IReadOnlyDictionary<string, string> Metadata { get; set; } = new Dictionary<string, string>();

    /// <summary>A snapshot, oldest first.</summary>
    public IReadOnlyList<JsonElement> Items
    {
        get
        {
            lock (_lock)
            {
                return _items;
            }
        }
    }

    public object Describe() => new { id = Id, @object = "conversation", created_at = createdAt, metadata = Metadata };

    public void Add(IReadOnlyList<JsonElement> items)
    {
        lock (_lock)
        {
            _items = [.. _items, .. items];
        }
    }

    public bool Remove(string itemId)
    {
        lock (_lock)
        {
            var before = _items.Count;
            _items = [.. _items.Where(item => item.Text("id") != itemId)];
            return _items.Count < before;
        }
    }

    /// <summary>Reserves the conversation for a response; refused while another one writes.</summary>
    public void Lock()
    {
        lock (_lock)
        {
            if (_locked)
            {
                throw new ApiErrorException(ApiError.Invalid("conversation", "Another process is currently operating on this conversation. Please retry in a few seconds.", "conversation_locked"));
            }

            _locked = true;
        }
    }

    /// <summary>Ends the reservation and adds what the response brought.</summary>
    public void Unlock(IReadOnlyList<JsonElement> added)
    {
        lock (_lock)
        {
            _items = [.. _items, .. added];
            _locked = false;
        }
    }
}
