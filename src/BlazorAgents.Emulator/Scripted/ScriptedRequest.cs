using System.Text;
using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Scripted;

/// <summary>A request that a <see cref="ScriptedProvider"/> received.</summary>
public sealed class ScriptedRequest
{
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ScriptedRequest(Exchange exchange, int number)
    {
        Number = number;
        Method = exchange.Method;
        Path = exchange.Path;
        Query = exchange.Http.Request.QueryString.Value ?? "";
        Headers = exchange.Http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        RawBody = Encoding.UTF8.GetString(exchange.Body.Span);
        ReceivedAt = exchange.Time.GetUtcNow();
        Json = WireJson.TryParse(exchange.Body, out var json) ? json : default;
    }

    /// <summary>Position in order of arrival, from 0.</summary>
    public int Number { get; }

    /// <summary>HTTP verb.</summary>
    public string Method { get; }

    /// <summary>Path without query.</summary>
    public string Path { get; }

    /// <summary>Query with its question mark, or empty.</summary>
    public string Query { get; }

    /// <summary>Headers by name, case ignored.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Body as text.</summary>
    public string RawBody { get; }

    /// <summary>When the request came, by the server's clock.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Body as JSON; kind Undefined if it is not JSON.</summary>
    public JsonElement Json { get; }

    /// <summary>The model asked for, or null.</summary>
    public string? Model => Json.Text("model");

    /// <summary>Whether a stream was asked for.</summary>
    public bool IsStream => Json.IsTrue("stream") || Query.Contains("stream=true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the request is about responses.</summary>
    public bool IsResponse => Path.StartsWith("/v1/responses", StringComparison.Ordinal);

    /// <summary>The raw input items of a response; empty for a plain text and for other requests.</summary>
    public IReadOnlyList<JsonElement> Input => [.. Json.Items("input")];

    /// <summary>The raw messages of a chat completion; empty for other requests.</summary>
    public IReadOnlyList<JsonElement> Messages => [.. Json.Items("messages")];

    /// <summary>All instruction text (system and developer messages, a response's instructions), joined by lines.</summary>
    public string Instructions => string.Join("\n",
        Said.Where(message => message.Text("role") is "system" or "developer").Select(TextOf).Prepend(Json.Text("instructions") ?? "").Where(text => text.Length > 0));

    /// <summary>Text of the last user message, or empty.</summary>
    public string LastUserText => Said.LastOrDefault(message => message.Text("role") == "user") is { ValueKind: JsonValueKind.Object } last ? TextOf(last) : Json.Text("input") ?? "";

    /// <summary>Whether the instructions ask for the title of a conversation.</summary>
    public bool IsTitleRequest => TitleRequest.Asks(Instructions);

    /// <summary>Completes when the client has gone away before the answer was whole; never completes otherwise.</summary>
    public Task Aborted => _aborted.Task;

    /// <summary>Completes when the answer is written, refused, or given up.</summary>
    public Task Finished => _finished.Task;

    private IEnumerable<JsonElement> Said => Messages.Concat(Input);

    /// <summary>The script reset the connection, which must not look like the client's doing.</summary>
    internal bool EndedByScript { get; set; }

    internal void SetAborted()
    {
        if (!EndedByScript)
        {
            _aborted.TrySetResult();
        }
    }

    internal void SetFinished() => _finished.TrySetResult();

    private static string TextOf(JsonElement message) =>
        message.Text("content") ?? string.Join("\n", message.Items("content").Select(part => part.Text("text")).OfType<string>());
}
