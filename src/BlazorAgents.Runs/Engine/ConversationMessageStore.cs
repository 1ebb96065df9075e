using BlazorAgents.Agents;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>A conversation's shown path as an agent's memory. It only reads: what a run says is stored by its recorder while it is said.</summary>
/// <param name="database">The data.</param>
/// <param name="leafRunId">The last answer to include; null for an empty history.</param>
/// <param name="maxExchanges">Most exchanges to include; null takes as many as a request should have.</param>
/// <param name="since">What was said before is left out, but not the run that is resumed.</param>
/// <param name="resumedRunId">The run whose calls people have decided: these stay without a result.</param>
public sealed class ConversationMessageStore(
    Database database, Guid? leafRunId, int? maxExchanges = null, DateTimeOffset? since = null, Guid? resumedRunId = null) : IChatMessageStore
{
    // Beyond this the oldest exchanges are left out, so that a request stays within what any provider accepts.
    private const int MaxExchanges = 500;
    private const int MaxCharacters = 1_000_000;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(CancellationToken cancellationToken)
    {
        if (leafRunId is not { } leaf)
        {
            return [];
        }

        return await database.ReadAsync(
            async context =>
            {
                var path = await context.WalkUpAsync(leaf, maxExchanges ?? MaxExchanges, cancellationToken);
                var exchanges = new List<List<ChatMessage>>();
                var characters = 0;
                foreach (var chunk in path.Chunk(20))
                {
                    foreach (var (messages, length, at) in await ReadAsync(context, chunk, cancellationToken))
                    {
                        if (at < since && (exchanges.Count > 0 || resumedRunId is null))
                        {
                            return Flatten(exchanges);
                        }

                        characters += length;
                        if (characters > MaxCharacters && exchanges.Count > 0)
                        {
                            return Flatten(exchanges);
                        }

                        exchanges.Add(messages);
                    }
                }

                return Flatten(exchanges);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task AddMessagesAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    private static List<ChatMessage> Flatten(List<List<ChatMessage>> newestFirst)
    {
        newestFirst.Reverse();
        return [.. newestFirst.SelectMany(messages => messages)];
    }

    private async Task<List<(List<ChatMessage> Messages, int Length, DateTimeOffset At)>> ReadAsync(
        AppDbContext context, PathStep[] steps, CancellationToken cancellationToken)
    {
        var turnIds = steps.Select(step => step.TurnId).ToList();
        var runIds = steps.Select(step => step.RunId).ToList();
        var texts = await context.Turns.Where(t => turnIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellationToken);
        var rows = await context.Items.Where(i => runIds.Contains(i.RunId)).OrderBy(i => i.Seq).ToListAsync(cancellationToken);
        var items = rows.ToLookup(row => row.RunId);

        return
        [
            .. steps.Select(step => (
                new List<ChatMessage>(
                [
                    new ChatMessage(ChatRole.User, texts[step.TurnId].Text),
                    .. HistoryBuilder.ToMessages(items[step.RunId].Select(ItemProjection.ReadPayload), keepOpen: step.RunId == resumedRunId),
                ]),
                texts[step.TurnId].Text.Length + items[step.RunId].Sum(row => row.Payload.Length),
                texts[step.TurnId].CreatedAt)),
        ];
    }
}
