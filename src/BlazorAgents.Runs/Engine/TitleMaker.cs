using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Runs;

/// <summary>Asks the model for a conversation's title, once, after its first answer. Without an answer the first words stay.</summary>
public sealed partial class TitleMaker(RunStore store, IModelConnections connections, ConversationFeed conversations, TimeProvider time, ILogger<TitleMaker> logger)
{
    private const int MaxQuoted = 2_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    internal async Task MakeAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (!await store.NeedsTitleAsync(claim.Run.ConversationId, either.Token))
            {
                return;
            }

            var quoted = Titles.Cut(claim.Message, MaxQuoted);
            var client = await connections.OpenStatelessAsync(claim.Run.ReadConnection(), claim.Run.ModelId, either.Token);
            var response = await client.GetResponseAsync(
                [new ChatMessage(ChatRole.System, Titles.Instructions), new ChatMessage(ChatRole.User, quoted)],
                new ChatOptions { MaxOutputTokens = 200, ModelId = claim.Run.ModelId },
                either.Token);
            if (Titles.FromModel(response.Text) is { } title)
            {
                await store.SetModelTitleAsync(claim.Run.ConversationId, title, either.Token);
                conversations.Publish(claim.UserId, claim.Run.ConversationId);
            }
        }
        catch (Exception exception)
        {
            // A title is a convenience: its failure is for the log alone.
            LogNoTitle(exception, claim.Run.ConversationId);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "No title was made for conversation {ConversationId}")]
    private partial void LogNoTitle(Exception exception, Guid conversationId);
}
