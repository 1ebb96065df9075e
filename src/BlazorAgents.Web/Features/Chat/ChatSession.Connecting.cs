using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

// How the conversation reaches its model.
public sealed partial class ChatSession
{
    // Grows with each choice: what was read of the database before it is older than what the page shows.
    private int _connected;

    /// <summary>Connects the conversation for its next answers; a new one when its first message is sent. Null when it is done, else why not.</summary>
    public async Task<string?> SetConnectionAsync(ConversationConnection connection, string? modelId)
    {
        return Words(await AttemptAsync(nameof(SetConnectionAsync), user => ConnectAsync(user, connection, modelId)));
    }

    /// <summary>Goes over to the client that took the place of the retired Assistants API, and answers again.</summary>
    public async Task UseConversationsAsync(Guid runId)
    {
        var connection = State.Connection with { ClientType = nameof(ClientType.Assistants), Memory = ConversationMemory.Provider };
        if (await TryAsync(nameof(UseConversationsAsync), user => ConnectAsync(user, connection, State.ModelId)) is null)
        {
            await RegenerateAsync(runId);
        }
    }

    /// <summary>The summary's title and, unless another was chosen since <paramref name="connected"/> was read, its connection and tools.</summary>
    private ChatState WithSummary(ChatState state, ConversationSummary summary, int connected) =>
        connected == Volatile.Read(ref _connected)
            ? state with { Title = summary.Title, ModelId = summary.ModelId, Connection = summary.Connection, Tools = summary.Tools }
            : state with { Title = summary.Title };

    private async Task ConnectAsync(string user, ConversationConnection connection, string? modelId)
    {
        var (seen, opening) = (State, _opening);
        switch (seen.Place)
        {
            case ChatPlace.New:
                await _connections.CheckAsync(connection, seen.Agent.Id, CancellationToken.None);
                break;
            case ChatPlace.Ready:
                await _conversations.SetConnectionAsync(user, seen.ConversationId, connection, modelId);
                break;
            default:
                throw new RunRequestException(RunRequestError.NotFound, "The conversation is not open any more. Open it again.");
        }

        // Sent from the start page while this was checked: the conversation exists by now, without it.
        if (opening == _opening && seen.Place is ChatPlace.New && State.Place is ChatPlace.Ready)
        {
            await _conversations.SetConnectionAsync(user, seen.ConversationId, connection, modelId);
        }

        if (opening == _opening)
        {
            Interlocked.Increment(ref _connected);
            Set(state => opening == _opening ? state with { Connection = connection, ModelId = modelId } : state);
        }
    }
}
