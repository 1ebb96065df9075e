using System.Globalization;
using System.Text.Json;
using BlazorAgents.Emulator.Conversations;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Responses.Hosted;
using BlazorAgents.Emulator.Responses.Mcp;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Responses;

/// <summary>/v1/responses: create, get, follow, cancel, delete, input items, input tokens.</summary>
internal sealed class ResponsesEndpoint(ConversationStore conversations, HostedToolbox toolbox, DemoResponder responder, Func<string, bool> knowsModel, TimeProvider time) : IAsyncDisposable
{
    private const string Root = "/v1/responses";

    private readonly ResponseStore _store = new(time);
    private readonly CancellationTokenSource _closing = new();
    private readonly RunningTasks _running = new();

    /// <summary>False for a path that is not below /v1/responses.</summary>
    public async Task<bool> TryAnswerAsync(Exchange exchange)
    {
        var path = exchange.Path.TrimEnd('/');
        if (path != Root && !path.StartsWith(Root + "/", StringComparison.Ordinal))
        {
            return false;
        }

        await ((exchange.Method, path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("POST", []) => CreateAsync(exchange),
            ("POST", ["input_tokens"]) => CountTokensAsync(exchange),
            ("GET", [var id]) => GetAsync(exchange, Find(id)),
            ("DELETE", [var id]) => DeleteAsync(exchange, Find(id)),
            ("POST", [var id, "cancel"]) => CancelAsync(exchange, Find(id)),
            ("GET", [var id, "input_items"]) => WireJson.WriteAsync(exchange, ListInput(exchange, Find(id))),
            (_, [] or [_] or [_, "cancel" or "input_items"]) => throw new ApiErrorException(ApiError.MethodNotAllowed(exchange)),
            _ => throw new ApiErrorException(ApiError.UnknownUrl(exchange)),
        });
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running.WaitAsync();
        _closing.Dispose();
    }

    private async Task CreateAsync(Exchange exchange)
    {
        var request = ResponseRequestReader.Read(WireJson.ParseStrict(exchange.Body), knowsModel);
        toolbox.Check(request);
        var conversation = request.ConversationId is { } conversationId ? conversations.Get(conversationId) : null;
        var run = Prepare(request, conversation);
        if (request.Store)
        {
            _store.Add(run);
        }

        run.Begin();
        var work = _running.Start(() => RunAsync(run, conversation, exchange.Gone));
        if (request.Stream)
        {
            await FollowAsync(exchange, run, 0);
        }
        else if (!request.Background)
        {
            await run.Ended.WaitAsync(exchange.Gone);
            await WireJson.WriteAsync(exchange, run.Describe(request.Include));
        }
        else
        {
            await WireJson.WriteAsync(exchange, run.Describe(request.Include));
        }

        if (!request.Background)
        {
            await work;
        }
    }

    private ResponseRun Prepare(ResponseRequest request, StoredConversation? conversation)
    {
        conversation?.Lock();
        try
        {
            var (history, input) = ReadThread(request, conversation);
            return new ResponseRun(request, history, input, time);
        }
        catch
        {
            conversation?.Unlock([]);
            throw;
        }
    }

    /// <summary>A background response outlives its connection; another one ends with it and leaves nothing behind.</summary>
    private async Task RunAsync(ResponseRun run, StoredConversation? conversation, CancellationToken gone)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Stopped, _closing.Token, run.Request.Background ? CancellationToken.None : gone);
        await responder.RespondAsync(run, stop.Token);
        conversation?.Unlock(run.State.Status is "completed" or "incomplete" ? [.. run.Input, .. run.State.Output] : []);
        if (!run.Request.Background && run.State.Status == "cancelled")
        {
            _store.Remove(run);
        }
    }

    private (IReadOnlyList<JsonElement> History, IReadOnlyList<JsonElement> Input) ReadThread(ResponseRequest request, StoredConversation? conversation)
    {
        IReadOnlyList<JsonElement> history = conversation?.Items ?? [];
        if (request.PreviousResponseId is { } previousId)
        {
            var previous = _store.Find(previousId)
                ?? throw new ApiErrorException(ApiError.Invalid("previous_response_id", $"Previous response with id '{previousId}' not found.", "previous_response_not_found"));
            history = previous.State.IsFinal
                ? previous.Thread
                : throw new ApiErrorException(ApiError.Invalid("previous_response_id", $"Previous response with id '{previousId}' is still in progress.", "previous_response_in_progress"));
        }

        var input = request.Input.Select(item => item.Text("type") == "item_reference" ? Resolve(item.Text("id")!, history) : item).ToList();
        CallOutputs.Check(history.Concat(input));
        foreach (var decision in input.Where(item => item.Text("type") == "mcp_approval_response"))
        {
            McpApproval.Find(history.Concat(input), decision.Text("approval_request_id")!);
        }

        return (history, input);
    }

    private JsonElement Resolve(string id, IReadOnlyList<JsonElement> history)
    {
        var known = history.FirstOrDefault(item => item.Text("id") == id);
        return known.ValueKind == JsonValueKind.Object
            ? known
            : _store.FindItem(id) ?? conversations.FindItem(id) ?? throw new ApiErrorException(new ApiError(404,
                $"Item with id '{id}' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.", Param: "input"));
    }

    private static Task GetAsync(Exchange exchange, ResponseRun run)
    {
        var query = exchange.Http.Request.Query;
        if (query["stream"].FirstOrDefault() is not ("true" or "True"))
        {
            return WireJson.WriteAsync(exchange, run.Describe(ItemView.Check(ListQuery.ReadInclude(exchange.Http.Request))));
        }

        var after = -1;
        if (query["starting_after"].FirstOrDefault() is { } text && !int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out after))
        {
            throw new ApiErrorException(ApiError.WrongType("starting_after", "an integer"));
        }

        return FollowAsync(exchange, run, Math.Max(0, after + 1));
    }

    private static async Task FollowAsync(Exchange exchange, ResponseRun run, int from)
    {
        var sse = new SseWriter(exchange);
        await sse.StartAsync();
        await foreach (var frame in run.Log.FollowAsync(from, exchange.Gone))
        {
            await sse.RawAsync(frame);
        }
    }

    private Task DeleteAsync(Exchange exchange, ResponseRun run)
    {
        run.Stop();
        _store.Remove(run);
        return WireJson.WriteAsync(exchange, new { id = run.Id, @object = "response", deleted = true });
    }

    private static async Task CancelAsync(Exchange exchange, ResponseRun run)
    {
        if (!run.Request.Background)
        {
            throw new ApiErrorException(new ApiError(StatusCodes.Status400BadRequest, "Cannot cancel a synchronous response."));
        }

        run.Stop();
        await run.Ended.WaitAsync(exchange.Gone);
        await WireJson.WriteAsync(exchange, run.Describe(new HashSet<string>()));
    }

    private static object ListInput(Exchange exchange, ResponseRun run)
    {
        var include = ItemView.Check(ListQuery.ReadInclude(exchange.Http.Request));
        return ListQuery.Read(exchange.Http.Request).Page([.. run.History, .. run.Input], item => ItemView.Of(item, include));
    }

    private Task CountTokensAsync(Exchange exchange)
    {
        var root = WireJson.ParseStrict(exchange.Body);
        var model = root.OptionalText("model") ?? DemoModel.ModelId;
        var request = ResponseRequestReader.Read(WireJson.Element(root.EnumerateObject().Where(property => property.Name != "model").ToDictionary(property => property.Name, property => (object)property.Value)
            .Append(KeyValuePair.Create("model", (object)model)).ToDictionary()), knowsModel);
        var (history, input) = ReadThread(request, request.ConversationId is { } id ? conversations.Get(id) : null);
        var chat = DemoResponder.Translate(request, TurnBuilder.Build(request.Instructions, history.Concat(input)), []);
        return WireJson.WriteAsync(exchange, new { @object = "response.input_tokens", input_tokens = Tokens.Count(chat) });
    }

    private ResponseRun Find(string id)
    {
        Parameters.RequirePrefix("response_id", id, "resp_");
        return _store.Find(id) ?? throw new ApiErrorException(new ApiError(StatusCodes.Status404NotFound, $"Response with id '{id}' not found."));
    }
}
