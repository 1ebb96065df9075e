using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>The retired Assistants API: /v1/assistants here, /v1/threads in <see cref="ThreadsEndpoint"/> and <see cref="RunsEndpoint"/>.</summary>
internal static class AssistantsEndpoint
{
    private const string Beta = "OpenAI-Beta";
    private const string Version = "assistants=v2";

    /// <summary>Null for another path, and for all paths while the API is off: they answer 404 then, as OpenAI's do.</summary>
    public static Task? Answer(Exchange exchange, IBrain brain, string[] path)
    {
        if (path[0] is not ("assistants" or "threads") || !AssistantServer.Of(exchange).IsOn)
        {
            return null;
        }

        if (!exchange.Http.Request.Headers[Beta].ToString().Contains(Version, StringComparison.Ordinal))
        {
            throw new ApiErrorException(new ApiError(400,
                $"You must provide the '{Beta}' header to access the Assistants API. Please try again by setting the header '{Beta}: {Version}'.", Code: "invalid_beta"));
        }

        if (RunsEndpoint.Answer(exchange, brain, path) is { } answer)
        {
            return answer;
        }

        return (Result(exchange, brain, path) ?? ThreadsEndpoint.Result(exchange, path)) is { } result ? WireJson.WriteAsync(exchange, result) : null;
    }

    private static object? Result(Exchange exchange, IBrain brain, string[] path)
    {
        var store = AssistantServer.Of(exchange).Store;
        switch (exchange.Method, path)
        {
            case ("POST", ["assistants"]):
                return Put(store, new Assistant(WireId.New("asst"), store.Now, "").With(exchange, brain.Knows));
            case ("GET", ["assistants"]):
                lock (store.Gate)
                {
                    return ListQuery.Read(exchange.Http.Request).Page(store.Assistants, assistant => assistant.Id, assistant => assistant.Shape);
                }

            case ("GET", ["assistants", var id]):
                return Get(store, id).Shape;
            case ("POST", ["assistants", var id]):
                return Put(store, Get(store, id).With(exchange, brain.Knows));
            case ("DELETE", ["assistants", var id]):
                lock (store.Gate)
                {
                    store.DeleteAssistant(id);
                }

                return new { id, @object = "assistant.deleted", deleted = true };
            case (_, ["assistants"] or ["assistants", _]):
                throw new ApiErrorException(ApiError.MethodNotAllowed(exchange));
            default:
                return null;
        }
    }

    private static Assistant Get(AssistantStore store, string id)
    {
        lock (store.Gate)
        {
            return store.GetAssistant(id);
        }
    }

    private static object Put(AssistantStore store, Assistant assistant)
    {
        lock (store.Gate)
        {
            store.Put(assistant);
            return assistant.Shape;
        }
    }
}
