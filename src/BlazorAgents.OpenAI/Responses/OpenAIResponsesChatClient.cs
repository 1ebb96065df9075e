using System.Runtime.CompilerServices;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using OpenAI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>
/// Responses as an <see cref="IChatClient"/>; every fault is an AgentException, every complete answer has a finish reason. A conversation id
/// is "conv_…" (the server's conversation) or "resp_…" (the answer to go on from). With background answers allowed, the server works on
/// without a connection: updates carry a continuation token, a broken stream is taken up again, and cancelling the call cancels the answer.
/// </summary>
/// <param name="client">The SDK's client; its retry policy must be off.</param>
/// <param name="profile">What is special about the server.</param>
/// <param name="defaultModelId">The model of requests that name none.</param>
/// <param name="errors">Translates the SDK's exceptions.</param>
/// <param name="time">The clock of waits.</param>
public sealed class OpenAIResponsesChatClient(
    OpenAIClient client, ProviderProfile profile, string defaultModelId, ErrorTranslator errors, TimeProvider time) : IChatClient
{
    private static readonly TimeSpan s_cancelPatience = TimeSpan.FromSeconds(5);
    private readonly ChatClientMetadata _metadata = new(profile.DisplayName, profile.Endpoint, defaultModelId);
    private readonly ErrorTranslator _errors = errors.For(ClientType.Responses);
    private readonly Sdk.ResponsesClient _sdk = client.GetResponsesClient();

    /// <inheritdoc/>
    /// <remarks>A background answer comes back at once with a continuation token; a call with that token asks how it stands.</remarks>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var token = options?.ContinuationToken is { } given ? ResponsesContinuationToken.From(given) : null;
        var wire = token is null ? Prepare(messages, options) : null;
        try
        {
            var result = wire is null
                ? await _sdk.GetResponseAsync(token!.ResponseId, cancellationToken)
                : await _sdk.CreateResponseAsync(wire, cancellationToken);
            return ResponseReader.Read(result.Value, Facts(wire, options), _errors);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw _errors.Translate(exception);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var token = options?.ContinuationToken is { } given ? ResponsesContinuationToken.From(given) : null;
        var wire = token is null ? Prepare(messages, options) : null;
        var isBackground = token is not null || wire!.BackgroundModeEnabled == true;
        var reader = new StreamedResponseReader(_errors, Facts(wire, options), isBackground, token);
        await using var events = new ResponseEvents(_sdk, reader, isBackground, _errors, time);
        try
        {
            if (wire is null)
            {
                await events.ResumeAsync(cancellationToken);
            }
            else
            {
                wire.StreamingEnabled = true;
                await events.StartAsync(wire, cancellationToken);
            }

            while (await events.MoveNextAsync(cancellationToken))
            {
                var updates = reader.Read(events.Current);
                for (var i = 0; i < updates.Count; i++)
                {
                    yield return updates[i];
                }
            }
        }
        finally
        {
            if (isBackground && cancellationToken.IsCancellationRequested && !reader.IsFinished && reader.ResponseId is { } id)
            {
                await TryCancelAsync(id);
            }
        }
    }

    /// <summary>Ends a background answer on the server.</summary>
    /// <exception cref="Agents.AgentException">The server does not know it, or cannot be reached.</exception>
    public async Task CancelAsync(string responseId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(responseId);
        try
        {
            await _sdk.CancelResponseAsync(responseId, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw _errors.Translate(exception);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(OpenAIClient) ? client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the SDK's client is shared.</summary>
    public void Dispose()
    {
    }

    private Sdk.CreateResponseOptions Prepare(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var wire = new OptionsWriter(profile).Write(options, this, defaultModelId);
        new MessageWriter(profile, wire.InputItems).Write(messages);
        return wire;
    }

    private static AnswerFacts Facts(Sdk.CreateResponseOptions? wire, ChatOptions? options) => new(
        wire is null ? true : wire.StoredOutputEnabled,
        ThreadId.IsConversation(options?.ConversationId) ? options!.ConversationId : wire?.ConversationOptions?.ConversationId);

    private async Task TryCancelAsync(string responseId)
    {
        using var patience = new CancellationTokenSource(s_cancelPatience, time);
        try
        {
            await _sdk.CancelResponseAsync(responseId, patience.Token);
        }
#pragma warning disable CA1031 // best effort: the caller's own cancellation is on its way and must not be replaced
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
