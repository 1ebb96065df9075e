using System.ClientModel;
using System.Runtime.CompilerServices;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using OpenAI;
using Sdk = OpenAI.Chat;

namespace BlazorAgents.OpenAI.Chat;

/// <summary>Chat Completions as an <see cref="IChatClient"/>; every fault is an AgentException, every complete answer has a finish reason.</summary>
/// <param name="client">The SDK's client; its retry policy must be off.</param>
/// <param name="profile">What is special about the server.</param>
/// <param name="defaultModelId">The model of requests that name none.</param>
/// <param name="errors">Translates the SDK's exceptions.</param>
public sealed class OpenAIChatClient(OpenAIClient client, ProviderProfile profile, string defaultModelId, ErrorTranslator errors) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new(profile.DisplayName, profile.Endpoint, defaultModelId);

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (wireMessages, wireOptions, sdk) = Prepare(messages, options);
        try
        {
            ClientResult<Sdk.ChatCompletion> result = await sdk.CompleteChatAsync(wireMessages, wireOptions, cancellationToken);
            if (result.Value.Patch.TryGetJson("$.error"u8, out var error))
            {
                throw errors.FromBody(error, streaming: false);
            }

            return CompletionReader.Read(result.Value);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.Translate(exception);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (wireMessages, wireOptions, sdk) = Prepare(messages, options);
        var reader = new StreamedAnswerReader(errors);
        await using var stream = sdk.CompleteChatStreamingAsync(wireMessages, wireOptions, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(stream, reader, cancellationToken))
        {
            yield return reader.Read(stream.Current);
        }

        yield return reader.Complete();
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

    private (IReadOnlyList<Sdk.ChatMessage> Messages, Sdk.ChatCompletionOptions Options, Sdk.ChatClient Client) Prepare(
        IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options?.ConversationId is { Length: > 0 } id)
        {
            throw new AgentException(
                AgentErrorKind.ThreadNotFound,
                $"The Chat client keeps no threads on the provider's side, so it cannot continue {(id.Length > 80 ? id[..80] + "…" : id)}. Use the client type that made it, or start a new conversation.");
        }

        var modelId = options?.ModelId ?? defaultModelId;
        return (
            MessageWriter.Write(messages, options?.Instructions, profile),
            new OptionsWriter(profile).Write(options, this),
            client.GetChatClient(modelId));
    }

    private async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<Sdk.StreamingChatCompletionUpdate> stream, StreamedAnswerReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNextAsync();
        }
        catch (Exception) when (reader.IsFinished && !cancellationToken.IsCancellationRequested)
        {
            return false; // only the usage after a complete answer is missing
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.Translate(exception, reader.HasStarted);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new OperationCanceledException("The call was cancelled.", exception, cancellationToken);
        }
    }
}
