using System.ClientModel;
using System.Runtime.CompilerServices;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenAI;
using OpenAI.Files;
using Sdk = OpenAI.Assistants;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>
/// The Assistants API as an <see cref="IChatClient"/>, for servers that still have it. A conversation id is a thread's; a request
/// without one that must not be stored gets a thread for its run alone.
/// </summary>
public sealed class AssistantsApiChatClient : IChatClient, IServiceThreads, IAsyncDisposable
{
    private readonly Sdk.AssistantClient _client;
    private readonly OpenAIFileClient _files;
    private readonly AssistantCatalog _assistants;
    private readonly ServerThreads _threads;
    private readonly AssistantsErrors _errors;
    private readonly string _defaultModelId;
    private readonly ChatClientMetadata _metadata;
    private bool _isDisposed;

    /// <summary>A client for one agent; agents that share it share its assistants.</summary>
    /// <param name="client">The SDK's client; its retry policy must be off.</param>
    /// <param name="profile">What is special about the server.</param>
    /// <param name="defaultModelId">The model of requests that name none.</param>
    /// <param name="errors">Translates the SDK's exceptions.</param>
    /// <param name="options">What is kept on the server; null takes the defaults.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <param name="logger">Gets what could not be cleaned up.</param>
    public AssistantsApiChatClient(
        OpenAIClient client,
        ProviderProfile profile,
        string defaultModelId,
        ErrorTranslator errors,
        AssistantsApiOptions? options = null,
        TimeProvider? time = null,
        ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(profile);
        options ??= new AssistantsApiOptions();
        time ??= TimeProvider.System;
        logger ??= NullLogger.Instance;
        _client = client.GetAssistantClient();
        _files = client.GetOpenAIFileClient();
        _assistants = new AssistantCatalog(_client, options.AssistantId, time, logger);
        _threads = new ServerThreads(_client, _files, options, time, logger);
        _errors = new AssistantsErrors(errors, profile);
        _defaultModelId = defaultModelId;
        _metadata = new ChatClientMetadata(profile.DisplayName, profile.Endpoint, defaultModelId);
    }

    /// <inheritdoc/>
    public bool AreDefault => true;

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var spec = new AssistantSpec(options, _defaultModelId);
        var writer = new ThreadInputWriter(_files, spec);
        var turn = new ThreadTurn(new RunReader(_errors)) { ThreadId = options?.ConversationId };
        try
        {
            var opened = await GuardAsync(turn, () => OpenAsync(turn, [.. messages], options, spec, writer, cancellationToken), cancellationToken);
            await using var stream = opened;
            await using var events = ((IAsyncEnumerable<Sdk.StreamingUpdate>)stream).GetAsyncEnumerator(cancellationToken);
            while (await GuardAsync(turn, () => events.MoveNextAsync().AsTask(), cancellationToken))
            {
                var update = await GuardAsync(turn, () => Task.FromResult(turn.Reader.Read(events.Current)), cancellationToken);
                update.ConversationId = turn.VisibleThreadId;
                yield return update;
            }

            var last = await GuardAsync(turn, () => Task.FromResult(turn.Reader.Complete()), cancellationToken);
            if (turn.Reader.CallIds.Count > 0)
            {
                _threads.Wait(new WaitingRun(turn.ThreadId!, turn.RunId!, turn.Reader.CallIds, turn.IsTemporary));
            }

            last.ConversationId = turn.VisibleThreadId;
            yield return last;
        }
        finally
        {
            await _threads.EndAsync(turn, writer.UploadedFileIds);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(string threadId, CancellationToken cancellationToken)
    {
        CheckThread(threadId);
        try
        {
            var ascending = new Sdk.MessageCollectionOptions { Order = Sdk.MessageCollectionOrder.Ascending, PageSizeLimit = 100 };
            return await _client.GetMessagesAsync(threadId, ascending, cancellationToken).Select(ThreadMessageReader.Read).ToListAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw _errors.Translate(exception, threadId);
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string threadId, CancellationToken cancellationToken)
    {
        CheckThread(threadId);
        try
        {
            await _threads.DeleteAsync(threadId, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw _errors.Translate(exception, threadId);
        }
    }

    /// <inheritdoc/>
    public async Task CleanUpAsync()
    {
        if (!_isDisposed)
        {
            await _threads.CleanUpAsync();
            await _assistants.DeleteAllAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(Sdk.AssistantClient) ? _client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Deletes what the client made on the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await CleanUpAsync();
        Dispose();
    }

    /// <summary>Lets go without deleting anything on the server; <see cref="DisposeAsync"/> deletes. The SDK's client is shared.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _assistants.Dispose();
    }

    private static void CheckThread(string threadId) => ArgumentException.ThrowIfNullOrWhiteSpace(threadId);

    private async Task<AsyncStreamingResult<Sdk.StreamingUpdate>> OpenAsync(
        ThreadTurn turn, IReadOnlyList<ChatMessage> messages, ChatOptions? options, AssistantSpec spec, ThreadInputWriter writer, CancellationToken cancellationToken)
    {
        if (turn.ThreadId is { } given && (given.StartsWith("conv_", StringComparison.Ordinal) || given.StartsWith("resp_", StringComparison.Ordinal)))
        {
            throw AssistantsErrors.ForeignThread(given);
        }

        var results = messages.Count > 0 && messages[^1].Role == ChatRole.Tool
            ? messages.Reverse().TakeWhile(m => m.Role == ChatRole.Tool).SelectMany(m => m.Contents).OfType<FunctionResultContent>().ToList()
            : [];
        if (results.Count > 0 && await _threads.FindWaitingAsync(turn.ThreadId, results.Select(r => r.CallId), cancellationToken) is { } waiting)
        {
            return await ResumeAsync(turn, waiting, results, cancellationToken);
        }

        if (results.Count > 0 && turn.ThreadId is not null)
        {
            throw AssistantsErrors.NotWaiting();
        }

        return await BeginAsync(turn, messages, options, spec, writer, cancellationToken);
    }

    private async Task<AsyncStreamingResult<Sdk.StreamingUpdate>> ResumeAsync(
        ThreadTurn turn, WaitingRun waiting, List<FunctionResultContent> results, CancellationToken cancellationToken)
    {
        turn.ThreadId = waiting.ThreadId;
        turn.IsTemporary = waiting.IsTemporary;
        var texts = results.ToLookup(r => r.CallId, ToolTexts.Result, StringComparer.Ordinal);
        var outputs = waiting.CallIds.Select(id => new Sdk.ToolOutput(id, texts[id].LastOrDefault() ?? "Error: the tool was stopped or did not run."));
        var stream = await _client.SubmitToolOutputsToRunStreamingAsync(waiting.ThreadId, waiting.RunId, outputs, cancellationToken);
        turn.ResumedRunId = waiting.RunId;
        _threads.Resume(waiting);
        return stream;
    }

    private async Task<AsyncStreamingResult<Sdk.StreamingUpdate>> BeginAsync(
        ThreadTurn turn, IReadOnlyList<ChatMessage> messages, ChatOptions? options, AssistantSpec spec, ThreadInputWriter writer, CancellationToken cancellationToken)
    {
        var assistant = await _assistants.GetAsync(spec, cancellationToken);
        if (turn.ThreadId is not null && messages.Any(m => m.Role == ChatRole.Tool))
        {
            await _threads.EndActiveRunAsync(turn.ThreadId, cancellationToken); // a stopped run still waits for those results
        }

        var input = await writer.WriteAsync(messages, cancellationToken);
        if (turn.ThreadId is null)
        {
            turn.IsTemporary = options.GetStore() == false;
            turn.ThreadId = await _threads.CreateAsync(turn.IsTemporary, cancellationToken);
            turn.IsNew = true;
        }

        _threads.AddFiles(turn.ThreadId, input.UploadedFileIds);
        turn.MessagesAdded = input.Messages.Count;
        try
        {
            return await RunAsync(turn.ThreadId, assistant, spec, input, options, cancellationToken);
        }
        catch (ClientResultException gone) when (AssistantsErrors.IsAssistantGone(gone, assistant.Id))
        {
            if (!await _assistants.ForgetAsync(assistant, cancellationToken))
            {
                throw;
            }

            var another = await _assistants.GetAsync(spec, cancellationToken);
            return await RunAsync(turn.ThreadId, another, spec, input, options, cancellationToken);
        }
        catch (ClientResultException busy) when (AssistantsErrors.IsThreadBusy(busy))
        {
            if (!await _threads.WaitForStoppedRunAsync(turn.ThreadId, cancellationToken))
            {
                throw;
            }

            return await RunAsync(turn.ThreadId, assistant, spec, input, options, cancellationToken);
        }
    }

    private Task<AsyncStreamingResult<Sdk.StreamingUpdate>> RunAsync(
        string threadId, MadeAssistant assistant, AssistantSpec spec, ThreadInput input, ChatOptions? options, CancellationToken cancellationToken)
    {
        var run = new Sdk.RunCreationOptions
        {
            AdditionalInstructions = input.Instructions,
            Temperature = options?.Temperature,
            NucleusSamplingFactor = options?.TopP,
            MaxOutputTokenCount = options?.MaxOutputTokens,
        };
        spec.Override(run, assistant.Made);
        if (spec.Tools.Count > 0)
        {
            run.AllowParallelToolCalls = options?.AllowMultipleToolCalls;
            run.ToolConstraint = Constraint(options?.ToolMode);
        }

        foreach (var message in input.Messages)
        {
            run.AdditionalMessages.Add(message);
        }

        return _client.CreateRunStreamingAsync(threadId, assistant.Id, run, cancellationToken);
    }

    private static Sdk.ToolConstraint? Constraint(ChatToolMode? mode) => mode switch
    {
        NoneChatToolMode => Sdk.ToolConstraint.None,
        AutoChatToolMode => Sdk.ToolConstraint.Auto,
        RequiredChatToolMode { RequiredFunctionName: { } name } => new Sdk.ToolConstraint(Sdk.ToolDefinition.CreateFunction(name)),
        RequiredChatToolMode => Sdk.ToolConstraint.Required,
        _ => null,
    };

    /// <summary>Translates faults and remembers that the call failed; the caller's own cancellation stays what it is.</summary>
    private async Task<T> GuardAsync<T>(ThreadTurn turn, Func<Task<T>> step, CancellationToken cancellationToken)
    {
        try
        {
            return await step();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            turn.HasFailed = true;
            throw _errors.Translate(exception, turn.ThreadId, turn.Reader.HasContent);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new OperationCanceledException("The call was cancelled.", exception, cancellationToken);
        }
    }
}
