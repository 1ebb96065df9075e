using System.Runtime.CompilerServices;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.OpenAI.Responses;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenAI;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>
/// The Assistants client type on today's OpenAI: the server keeps each thread as a conversation and answers in it over Responses. A
/// request without a conversation id gets a conversation of its own unless it must not be stored.
/// </summary>
public sealed class AssistantsChatClient : IChatClient, IServiceThreads, IAsyncDisposable
{
    private readonly OpenAIResponsesChatClient _responses;
    private readonly Conversations _conversations;
    private readonly ConversationMender _mender;
    private readonly ErrorTranslator _errors;
    private readonly TimeProvider _time;

    /// <summary>A client whose threads are conversations.</summary>
    /// <param name="client">The SDK's client; its retry policy must be off.</param>
    /// <param name="profile">What is special about the server.</param>
    /// <param name="defaultModelId">The model of requests that name none.</param>
    /// <param name="errors">Translates the SDK's exceptions.</param>
    /// <param name="deletesThreads">Whether clean-up deletes the conversations that this client made. Off: a saved id works later.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <param name="logger">Gets what could not be cleaned up.</param>
    public AssistantsChatClient(
        OpenAIClient client,
        ProviderProfile profile,
        string defaultModelId,
        ErrorTranslator errors,
        bool deletesThreads = false,
        TimeProvider? time = null,
        ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _time = time ??= TimeProvider.System;
        _responses = new OpenAIResponsesChatClient(client, profile, defaultModelId, errors, time);
        _conversations = new Conversations(client.GetConversationClient(), profile, errors, deletesThreads, time, logger ?? NullLogger.Instance);
        _errors = errors;
        _mender = new ConversationMender(_conversations);
    }

    /// <inheritdoc/>
    public bool AreDefault => true;

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (input, sent, made) = await PrepareAsync(messages, options, cancellationToken);
        var recovery = new ConversationRecovery(_mender, _time);
        try
        {
            while (true)
            {
                try
                {
                    return await _responses.GetResponseAsync(input, sent, cancellationToken);
                }
                catch (AgentException fault) when (sent?.ConversationId is not null && recovery.CanRecover(fault))
                {
                    input = await recovery.RecoverAsync(fault, sent.ConversationId, input, cancellationToken);
                }
            }
        }
        catch when (made is not null)
        {
            await _conversations.UndoAsync(made);
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (input, sent, made) = await PrepareAsync(messages, options, cancellationToken);
        var isKnown = made is null; // a new conversation is told of once there is something in it
        var hasStarted = false;
        var recovery = sent?.ConversationId is null ? null : new ConversationRecovery(_mender, _time);
        try
        {
            while (true)
            {
                AgentException? fault;
                await using (var updates = _responses.GetStreamingResponseAsync(input, sent, cancellationToken).GetAsyncEnumerator(cancellationToken))
                {
                    while (true)
                    {
                        (var hasNext, fault) = await MoveNextAsync(updates, hasStarted ? null : recovery);
                        if (!hasNext)
                        {
                            break;
                        }

                        var update = updates.Current;
                        hasStarted = true;
                        isKnown = isKnown || IsWorthKeeping(update);
                        update.ConversationId = isKnown ? update.ConversationId : null;
                        yield return update;
                    }
                }

                if (fault is null)
                {
                    yield break;
                }

                input = await recovery!.RecoverAsync(fault, sent!.ConversationId!, input, cancellationToken);
            }
        }
        finally
        {
            if (!isKnown)
            {
                await _conversations.UndoAsync(made!);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(string threadId, CancellationToken cancellationToken)
    {
        CheckConversation(threadId);
        var reader = new ConversationItemReader();
        var messages = new List<ChatMessage>();
        await foreach (var item in _conversations.ListAsync(threadId, newestPageOnly: false, cancellationToken))
        {
            try
            {
                messages.AddRange(reader.Read(item) is { } message ? [message] : []);
            }
            catch (Exception exception) when (exception is not AgentException)
            {
                throw _errors.Translate(exception); // an item in a form that the SDK cannot read
            }
        }

        return messages;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string threadId, CancellationToken cancellationToken)
    {
        CheckConversation(threadId);
        return _conversations.DeleteAsync(threadId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task CleanUpAsync() => _conversations.CleanUpAsync();

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : _responses.GetService(serviceType, serviceKey);
    }

    /// <summary>Deletes the conversations that the client made, where it was told to.</summary>
    public async ValueTask DisposeAsync()
    {
        await CleanUpAsync();
        Dispose();
    }

    /// <summary>Does nothing on the server; <see cref="DisposeAsync"/> does.</summary>
    public void Dispose() => _responses.Dispose();

    private static bool IsWorthKeeping(ChatResponseUpdate update) => update.FinishReason is not null || update.ContinuationToken is not null
        || update.Contents.Any(c => c is not UsageContent and not TextContent { Text: "" });

    private static void CheckConversation(string? id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (!id.StartsWith("conv_", StringComparison.Ordinal))
        {
            throw new AgentException(
                AgentErrorKind.ThreadNotFound,
                $"{(id.Length > 80 ? id[..80] + "…" : id)} is not a conversation of the Assistants client type (their ids begin with conv_). Use the client type that made it, or start a new conversation.");
        }
    }

    /// <summary>The request in its conversation, which is made now if there is none: then its id is given a second time, as made.</summary>
    private async Task<(IReadOnlyList<ChatMessage> Input, ChatOptions? Sent, string? Made)> PrepareAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options?.ContinuationToken is not null || (options?.ConversationId is null && options.GetStore() == false))
        {
            return ([.. messages], options, null);
        }

        string? made = null;
        var sent = options?.Clone() ?? new ChatOptions();
        if (sent.ConversationId is { } given)
        {
            CheckConversation(given);
        }
        else
        {
            sent.ConversationId = made = await _conversations.CreateAsync(cancellationToken);
        }

        sent.SetStore(true);
        return ([.. messages], sent, made);
    }

    private static async ValueTask<(bool HasNext, AgentException? Fault)> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, ConversationRecovery? recovery)
    {
        try
        {
            return (await updates.MoveNextAsync(), null);
        }
        catch (AgentException fault) when (recovery?.CanRecover(fault) == true)
        {
            return (false, fault);
        }
    }
}
