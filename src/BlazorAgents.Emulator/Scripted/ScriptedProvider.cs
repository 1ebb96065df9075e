using System.Collections.Concurrent;
using BlazorAgents.Emulator.Responses;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Scripted;

/// <summary>
/// A provider that answers what a test wrote down, and records what it was asked. Replies are taken in this order:
/// rules (<see cref="RespondWhen"/>), the queue of the path, the responder. Other endpoints answer as usual.
/// </summary>
public sealed class ScriptedProvider : IBrain
{
    /// <summary>Where chat completions are asked for.</summary>
    public const string ChatPath = "/v1/chat/completions";

    /// <summary>Where responses are asked for.</summary>
    public const string ResponsesPath = "/v1/responses";

    private readonly Lock _lock = new();
    private readonly List<ScriptedRequest> _requests = [];
    private readonly RequestInbox _inbox = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ScriptedReply>> _queues = new();
    private readonly ConcurrentQueue<(Func<ScriptedRequest, bool> When, Func<ScriptedRequest, ScriptedReply> Reply)> _rules = new();
    private volatile Func<ScriptedRequest, ScriptedReply?>? _responder;

    /// <summary>Ids listed by GET /v1/models. Any id is served unless <see cref="OnlyListedModels"/>.</summary>
    public IReadOnlyList<string> Models { get; init; } = ["scripted-model", "gpt-4o", "gpt-4o-mini"];

    /// <summary>Answer 404 for models that are not listed.</summary>
    public bool OnlyListedModels { get; init; }

    /// <summary>Refuse chat and response requests that OpenAI would refuse (400) before any scripted reply; on by default.</summary>
    public bool Validates { get; init; } = true;

    /// <summary>Every request so far, in order of arrival.</summary>
    public IReadOnlyList<ScriptedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Adds a reply for the next request to a path; requests take them in order.</summary>
    public ScriptedProvider Enqueue(ScriptedReply reply, string path = ChatPath)
    {
        ArgumentNullException.ThrowIfNull(reply);
        _queues.GetOrAdd(path, _ => new()).Enqueue(reply);
        return this;
    }

    /// <summary>Answers chat requests when the queue is empty. A null reply leaves the request to the server's own endpoints.</summary>
    public ScriptedProvider RespondWith(Func<ScriptedRequest, ScriptedReply?> responder)
    {
        _responder = responder;
        return this;
    }

    /// <summary>Answers the requests that match before the queue is looked at, for instance requests for titles.</summary>
    public ScriptedProvider RespondWhen(Func<ScriptedRequest, bool> matches, Func<ScriptedRequest, ScriptedReply> reply)
    {
        _rules.Enqueue((matches, reply));
        return this;
    }

    /// <summary>The next request that nobody has taken yet, in order of arrival.</summary>
    public Task<ScriptedRequest> NextRequestAsync(CancellationToken ct = default) => _inbox.TakeAsync(_ => true, ct);

    /// <summary>The next request that matches and that nobody has taken yet.</summary>
    public Task<ScriptedRequest> NextRequestAsync(Func<ScriptedRequest, bool> matches, CancellationToken ct = default) => _inbox.TakeAsync(matches, ct);

    /// <inheritdoc />
    public bool Knows(string model) => !OnlyListedModels || Models.Contains(model);

    /// <inheritdoc />
    public async Task<bool> TryAnswerAsync(Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        var request = Record(exchange);
        var watch = exchange.Http.RequestAborted.Register(request.SetAborted);
        try
        {
            return await AnswerAsync(exchange, request);
        }
        finally
        {
            // Kestrel cancels RequestAborted after the end as well when it tears the connection down.
            await watch.DisposeAsync();
            request.SetFinished();
        }
    }

    private async Task<bool> AnswerAsync(Exchange exchange, ScriptedRequest request)
    {
        if (Validates && exchange.IsChatCompletion)
        {
            ChatRequestReader.Read(exchange.Body, Knows);
        }

        if (Validates && exchange.IsResponseCreation)
        {
            var asked = ResponseRequestReader.Read(WireJson.ParseStrict(exchange.Body), Knows);
            if (asked is { PreviousResponseId: null, ConversationId: null })
            {
                CallOutputs.Check(asked.Input);
            }
        }

        if (Choose(request) is not { } reply)
        {
            return exchange.IsChatCompletion || exchange.IsResponseCreation
                ? throw new ApiErrorException(new ApiError(500, "The script has no reply for this request.", "server_error", Code: "no_scripted_reply"))
                : false;
        }

        await ScriptedPlayback.For(exchange, request).PlayAsync(reply);
        return true;
    }

    private ScriptedReply? Choose(ScriptedRequest request)
    {
        foreach (var (when, reply) in _rules)
        {
            if (when(request))
            {
                return reply(request);
            }
        }

        return _queues.TryGetValue(request.Path, out var queue) && queue.TryDequeue(out var next) ? next : _responder?.Invoke(request);
    }

    private ScriptedRequest Record(Exchange exchange)
    {
        ScriptedRequest request;
        lock (_lock)
        {
            request = new ScriptedRequest(exchange, _requests.Count);
            _requests.Add(request);
            _inbox.Put(request);
        }

        return request;
    }
}
