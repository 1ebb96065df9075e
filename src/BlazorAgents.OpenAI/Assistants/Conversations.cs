using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.Logging;
using OpenAI.Conversations;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>The server's conversations: made, listed, deleted.</summary>
internal sealed class Conversations(
    ConversationClient client, ProviderProfile profile, ErrorTranslator errors, bool deletesThreads, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_undoPatience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, bool> _made = new(StringComparer.Ordinal);

    /// <exception cref="AgentException">The server has no conversations, cannot be reached or refuses.</exception>
    public async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var wire = new ConversationCreationOptions();
            wire.Metadata[AssistantOwner.OwnerKey] = AssistantOwner.Current.ToString();
            ConversationResource conversation = await client.CreateConversationAsync(wire, cancellationToken);
            if (deletesThreads)
            {
                _made[conversation.Id] = true;
            }

            return conversation.Id;
        }
        catch (ClientResultException missing) when (missing.Status is 404 or 405 or 410 or 501)
        {
            throw new AgentException(
                AgentErrorKind.BadResponse,
                $"{profile.DisplayName} keeps no conversations at {profile.Endpoint.Authority} (HTTP {missing.Status}). Choose the client type Responses or Chat for this agent.",
                missing);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.Translate(exception);
        }
    }

    /// <summary>The items of a conversation as the wire has them.</summary>
    /// <param name="id">The conversation.</param>
    /// <param name="newestPageOnly">True for the newest hundred, newest first; false for all, oldest first.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="AgentException">The server does not know the conversation, or cannot be reached.</exception>
    public async IAsyncEnumerable<JsonElement> ListAsync(
        string id, bool newestPageOnly, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new RequestOptions { CancellationToken = cancellationToken };
        await using var pages = client.GetConversationItemsAsync(id, 100, newestPageOnly ? "desc" : "asc", options: options)
            .GetRawPagesAsync().GetAsyncEnumerator(cancellationToken);
        while (await NextAsync() is { } page)
        {
            foreach (var item in page.EnumerateArray())
            {
                yield return item;
            }

            if (newestPageOnly)
            {
                yield break;
            }
        }

        async Task<JsonElement?> NextAsync()
        {
            try
            {
                return await pages.MoveNextAsync()
                    ? JsonElement.Parse(pages.Current.GetRawResponse().Content.ToMemory().Span).GetProperty("data")
                    : null;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw errors.Translate(exception);
            }
        }
    }

    /// <summary>Deletes a conversation; one that is gone already is no error.</summary>
    /// <exception cref="AgentException">The server cannot be reached or refuses.</exception>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteConversationAsync(id, cancellationToken);
        }
        catch (ClientResultException gone) when (gone.Status == 404)
        {
            // somebody else was faster
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.Translate(exception);
        }

        _made.TryRemove(id, out _);
    }

    /// <summary>Deletes a conversation of which nobody knows. Best effort, at most seconds.</summary>
    public async Task UndoAsync(string id)
    {
        using var patience = new CancellationTokenSource(s_undoPatience, time);
        try
        {
            await DeleteAsync(id, patience.Token);
        }
#pragma warning disable CA1031 // best effort: the call's own end must not be replaced
        catch (Exception exception)
#pragma warning restore CA1031
        {
            AssistantsLog.NotDeleted(logger, exception, "conversation", id);
        }
    }

    public async Task CleanUpAsync()
    {
        foreach (var id in _made.Keys)
        {
            await UndoAsync(id);
        }
    }
}
