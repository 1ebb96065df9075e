using System.Text.Json;
using BlazorAgents.Emulator.Responses;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Conversations;

/// <summary>/v1/conversations and their items.</summary>
internal sealed class ConversationsEndpoint(ConversationStore store)
{
    private const string Root = "/v1/conversations";
    private const int MostNewItems = 20;

    /// <summary>False for a path that is not below /v1/conversations.</summary>
    public async Task<bool> TryAnswerAsync(Exchange exchange)
    {
        var path = exchange.Path.TrimEnd('/');
        if (path != Root && !path.StartsWith(Root + "/", StringComparison.Ordinal))
        {
            return false;
        }

        await WireJson.WriteAsync(exchange, Answer(exchange, path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries)));
        return true;
    }

    private object Answer(Exchange exchange, string[] parts) => (exchange.Method, parts) switch
    {
        ("POST", []) => Create(exchange),
        ("GET", [var id]) => store.Get(id).Describe(),
        ("POST", [var id]) => Update(exchange, store.Get(id)),
        ("DELETE", [var id]) => Delete(store.Get(id)),
        ("POST", [var id, "items"]) => AddItems(exchange, store.Get(id)),
        ("GET", [var id, "items"]) => ListItems(exchange, store.Get(id)),
        ("GET", [var id, "items", var item]) => ItemView.Of(Item(store.Get(id), item), Include(exchange)),
        ("DELETE", [var id, "items", var item]) => DeleteItem(store.Get(id), item),
        (_, [] or [_] or [_, "items"] or [_, "items", _]) => throw new ApiErrorException(ApiError.MethodNotAllowed(exchange)),
        _ => throw new ApiErrorException(ApiError.UnknownUrl(exchange)),
    };

    private object Create(Exchange exchange)
    {
        var root = exchange.Body.IsEmpty ? WireJson.Element(new { }) : WireJson.ParseStrict(exchange.Body);
        var conversation = new StoredConversation(exchange.UnixNow) { Metadata = root.Metadata() };
        conversation.Add(ReadItems(root));
        store.Add(conversation);
        return conversation.Describe();
    }

    private static object Update(Exchange exchange, StoredConversation conversation)
    {
        var root = WireJson.ParseStrict(exchange.Body);
        if (!root.TryGetProperty("metadata", out _))
        {
            throw new ApiErrorException(ApiError.Missing("metadata"));
        }

        conversation.Metadata = root.Metadata();
        return conversation.Describe();
    }

    private object Delete(StoredConversation conversation)
    {
        store.Remove(conversation);
        return new { id = conversation.Id, @object = "conversation.deleted", deleted = true };
    }

    private object AddItems(Exchange exchange, StoredConversation conversation)
    {
        var root = WireJson.ParseStrict(exchange.Body);
        if (root.Member("items") is null)
        {
            throw new ApiErrorException(ApiError.Missing("items"));
        }

        var items = ReadItems(root);
        conversation.Add(items);
        var include = Include(exchange);
        return new ListQuery(MostNewItems, null, Ascending: true).Page(items, item => ItemView.Of(item, include));
    }

    private IReadOnlyList<JsonElement> ReadItems(JsonElement root)
    {
        if (root.Member("items") is { ValueKind: not JsonValueKind.Array })
        {
            throw new ApiErrorException(ApiError.WrongType("items", "an array of objects"));
        }

        var items = ItemReader.ReadMany(root, "items");
        return items.Count <= MostNewItems
            ? [.. items.Select(item => item.Text("type") == "item_reference" ? Resolve(item.Text("id")!) : item)]
            : throw new ApiErrorException(ApiError.Invalid("items", $"Invalid 'items': array too long. Expected an array with maximum length {MostNewItems}, but got an array with length {items.Count} instead.", "array_above_max_length"));
    }

    private JsonElement Resolve(string id) =>
        store.FindItem(id) ?? throw new ApiErrorException(new ApiError(StatusCodes.Status404NotFound, $"Item with id '{id}' not found.", Param: "items"));

    private static object ListItems(Exchange exchange, StoredConversation conversation)
    {
        var include = Include(exchange);
        return ListQuery.Read(exchange.Http.Request).Page(conversation.Items, item => ItemView.Of(item, include));
    }

    private static JsonElement Item(StoredConversation conversation, string id)
    {
        var item = conversation.Items.FirstOrDefault(item => item.Text("id") == id);
        return item.ValueKind == JsonValueKind.Object
            ? item
            : throw new ApiErrorException(new ApiError(StatusCodes.Status404NotFound, $"Conversation item with id '{id}' not found in conversation '{conversation.Id}'."));
    }

    private static object DeleteItem(StoredConversation conversation, string id)
    {
        conversation.Remove(Item(conversation, id).Text("id")!);
        return conversation.Describe();
    }

    private static IReadOnlySet<string> Include(Exchange exchange) => ItemView.Check(ListQuery.ReadInclude(exchange.Http.Request));
}
