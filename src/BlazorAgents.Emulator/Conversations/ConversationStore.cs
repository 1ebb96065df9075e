using System.Text.Json;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Conversations;

/// <summary>The server's conversations. They do not expire, but only so many are kept; the oldest give way.</summary>
internal sealed class ConversationStore
{
    public const int MostConversations = 1000;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, StoredConversation> _byId = [];

    public void Add(StoredConversation conversation)
    {
        lock (_lock)
        {
            _byId.Add(conversation.Id, conversation);
            while (_byId.Count > MostConversations)
            {
                _byId.RemoveAt(0);
            }
        }
    }

    /// <summary>400 for an id of another kind, 404 for one that is not known.</summary>
    public StoredConversation Get(string id)
    {
        Parameters.RequirePrefix("conversation_id", id, "conv_");
        lock (_lock)
        {
            return _byId.GetValueOrDefault(id) ?? throw new ApiErrorException(new ApiError(StatusCodes.Status404NotFound, $"Conversation with id '{id}' not found."));
        }
    }

    public void Remove(StoredConversation conversation)
    {
        lock (_lock)
        {
            _byId.Remove(conversation.Id);
        }
    }

    /// <summary>An item of any conversation, or null.</summary>
    public JsonElement? FindItem(string id)
    {
        lock (_lock)
        {
            foreach (var item in _byId.Values.SelectMany(conversation => conversation.Items))
            {
                if (item.Text("id") == id)
                {
                    return item;
                }
            }

            return null;
        }
    }
}
