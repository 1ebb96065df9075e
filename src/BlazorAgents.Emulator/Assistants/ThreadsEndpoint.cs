using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>/v1/threads and their messages.</summary>
internal static class ThreadsEndpoint
{
    /// <summary>Null for a path that is neither a thread nor one of its messages.</summary>
    public static object? Result(Exchange exchange, string[] path)
    {
        if (exchange.Method == "POST")
        {
            return Post(exchange, path);
        }

        var store = AssistantServer.Of(exchange).Store;
        lock (store.Gate)
        {
            return (exchange.Method, path) switch
            {
                ("GET", ["threads", var id]) => store.GetThread(id).Shape,
                ("DELETE", ["threads", var id]) => DeleteThread(store, id),
                ("GET", ["threads", var id, "messages"]) => List(exchange, store.GetThread(id)),
                ("GET", ["threads", var id, "messages", var messageId]) => AssistantStore.GetMessage(store.GetThread(id), messageId).Shape,
                ("DELETE", ["threads", var id, "messages", var messageId]) => DeleteMessage(store, store.GetThread(id), messageId),
                (_, ["threads"] or ["threads", _] or ["threads", _, "messages"] or ["threads", _, "messages", _]) => throw new ApiErrorException(ApiError.MethodNotAllowed(exchange)),
                _ => null,
            };
        }
    }

    /// <summary>Makes a thread as a body describes it; called with the gate free.</summary>
    public static AssistantThread Create(Exchange exchange, JsonElement body)
    {
        var state = exchange.State;
        var store = AssistantServer.Of(exchange).Store;
        var messages = NewMessage.ReadMany(body, "messages", state.Files);
        var metadata = KeyValues.Metadata(body);
        var resources = ToolResources.Read(body, state, ToolResources.ThreadStoreDays) ?? ToolResources.None;
        lock (store.Gate)
        {
            return store.AddThread(messages, resources, metadata);
        }
    }

    private static object? Post(Exchange exchange, string[] path)
    {
        var state = exchange.State;
        var store = AssistantServer.Of(exchange).Store;
        switch (path)
        {
            case ["threads"]:
                var made = Create(exchange, exchange.Body.Length == 0 ? default : WireJson.ParseObject(exchange.Body));
                lock (store.Gate)
                {
                    return made.Shape;
                }

            case ["threads", var id]:
                return Modify(state, store, id, WireJson.ParseObject(exchange.Body));
            case ["threads", var id, "messages"]:
                var given = NewMessage.Read(WireJson.ParseObject(exchange.Body), "", state.Files);
                lock (store.Gate)
                {
                    var thread = store.GetThread(id);
                    return store.ActiveRun(thread) is { } run
                        ? throw new ApiErrorException(new ApiError(400, $"Can't add messages to {id} while a run {run.Id} is active."))
                        : store.AddMessage(thread, given).Shape;
                }

            case ["threads", var id, "messages", var messageId]:
                var metadata = KeyValues.Metadata(WireJson.ParseObject(exchange.Body));
                lock (store.Gate)
                {
                    var message = AssistantStore.GetMessage(store.GetThread(id), messageId);
                    message.Metadata = metadata;
                    return message.Shape;
                }

            default:
                return null;
        }
    }

    private static object Modify(EmulatorState state, AssistantStore store, string id, JsonElement body)
    {
        lock (store.Gate)
        {
            store.GetThread(id);
        }

        var metadata = body.Member("metadata") is null ? null : KeyValues.Metadata(body);
        var resources = ToolResources.Read(body, state, ToolResources.ThreadStoreDays);
        lock (store.Gate)
        {
            var thread = store.GetThread(id);
            thread.Metadata = metadata ?? thread.Metadata;
            thread.Resources = resources ?? thread.Resources;
            return thread.Shape;
        }
    }

    private static object List(Exchange exchange, AssistantThread thread)
    {
        var runId = exchange.Http.Request.Query["run_id"].ToString();
        return ListQuery.Read(exchange.Http.Request).Page(thread.Messages.Values.Where(message => runId.Length == 0 || message.RunId == runId), message => message.Id, message => message.Shape);
    }

    private static object DeleteThread(AssistantStore store, string id)
    {
        store.DeleteThread(id);
        return new { id, @object = "thread.deleted", deleted = true };
    }

    private static object DeleteMessage(AssistantStore store, AssistantThread thread, string messageId)
    {
        thread.Messages.Remove(AssistantStore.GetMessage(thread, messageId).Id);
        return new { id = messageId, @object = "thread.message.deleted", deleted = true };
    }
}
