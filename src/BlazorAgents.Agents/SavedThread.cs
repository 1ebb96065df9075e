using System.Text.Json;
using System.Text.Json.Serialization;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>The saved form of a thread. It comes back from wherever people keep it, so nothing in it is trusted.</summary>
internal sealed record SavedThread
{
    private const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions s_json = CreateJson();

    /// <summary>The form's version, for later changes.</summary>
    public required int Version { get; init; }

    /// <summary>The provider's id; null for a thread in memory, and for one that has none yet.</summary>
    public string? ServiceThreadId { get; init; }

    /// <summary>Results that the provider still waits for.</summary>
    public IReadOnlyList<UnsentResult> Unsent { get; init; } = [];

    /// <summary>Calls that wait for a person.</summary>
    public IReadOnlyList<string> Waiting { get; init; } = [];

    /// <summary>Requests of the provider's without an answer.</summary>
    public IReadOnlyList<HostedRequest> Requests { get; init; } = [];

    /// <summary>The messages of a thread in memory; null for one on the provider's side.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    public static string Write(IReadOnlyList<ChatMessage> messages) => Write(new SavedThread { Version = CurrentVersion, Messages = messages });

    public static string Write(
        string? serviceThreadId, IReadOnlyList<UnsentResult> unsent, IReadOnlyList<string> waiting, IReadOnlyList<HostedRequest> requests) =>
        Write(new SavedThread { Version = CurrentVersion, ServiceThreadId = serviceThreadId, Unsent = unsent, Waiting = waiting, Requests = requests });

    /// <exception cref="ArgumentException">The text is not a saved thread.</exception>
    public static SavedThread Read(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            throw Invalid("it is empty");
        }

        SavedThread? saved;
        try
        {
            saved = JsonSerializer.Deserialize<SavedThread>(json, s_json);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException)
        {
            throw Invalid($"it cannot be read{(exception is JsonException { Path: { Length: > 0 } path } ? $" at {path}" : string.Empty)}", exception);
        }

        return saved is null ? throw Invalid("it is null") : saved.Check();
    }

    private static string Write(SavedThread thread) => JsonSerializer.Serialize(thread, s_json);

    private SavedThread Check()
    {
        if (Version != CurrentVersion)
        {
            throw Invalid($"version is {Version}, this program reads version {CurrentVersion}");
        }

        if (ServiceThreadId is not null && Messages is not null)
        {
            throw Invalid("it has both serviceThreadId and messages");
        }

        if (ServiceThreadId is not null)
        {
            try
            {
                AgentThread.CheckId(ServiceThreadId);
            }
            catch (ArgumentException exception)
            {
                throw Invalid("serviceThreadId is not an id", exception);
            }
        }

        if (Unsent is null || Unsent.Any(u => string.IsNullOrEmpty(u?.CallId) || u.Result is null))
        {
            throw Invalid("unsent must be a list of results, each with callId and result");
        }

        if (Waiting is null || Waiting.Any(string.IsNullOrEmpty))
        {
            throw Invalid("waiting must be a list of call ids");
        }

        if (Requests is null || Requests.Any(r => string.IsNullOrEmpty(r?.Id) || string.IsNullOrWhiteSpace(r.Name)))
        {
            throw Invalid("requests must be a list of requests, each with id and name");
        }

        if (Messages?.Any(m => m is null) == true)
        {
            throw Invalid("messages contains null");
        }

        return FindOpenCall() is { } call ? throw Invalid($"messages has no result for the call {call}") : this;
    }

    /// <summary>A call without its result would make every provider refuse the whole history.</summary>
    private string? FindOpenCall()
    {
        var contents = (Messages ?? []).SelectMany(m => m.Contents).ToList();
        var results = contents.OfType<FunctionResultContent>().Select(r => r.CallId)
            .Concat(contents.OfType<ToolApprovalRequestContent>().Select(r => r.ToolCall?.CallId ?? "")) // these wait for a person
            .ToHashSet(StringComparer.Ordinal);
        return contents.OfType<FunctionCallContent>().FirstOrDefault(c => !c.InformationalOnly && !results.Contains(c.CallId))?.CallId;
    }

    private static ArgumentException Invalid(string why, Exception? cause = null) =>
        new($"This is not a saved thread: {why}.", cause);

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions)
        {
            WriteIndented = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectRequiredConstructorParameters = true,
        };
        options.AddAIContentType<FileSearchToolCallContent>("blazoragents.fileSearchCall");
        options.AddAIContentType<FileSearchToolResultContent>("blazoragents.fileSearchResult");
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A tool's result, as the model will read it.</summary>
    internal sealed record UnsentResult(string CallId, string Result);
}
