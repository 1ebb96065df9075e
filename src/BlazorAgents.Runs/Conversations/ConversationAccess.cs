using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>The one place that decides whether a user may touch a conversation: it is theirs and not deleted, or it does not exist.</summary>
internal static class ConversationAccess
{
    public static IQueryable<Conversation> OwnedBy(this IQueryable<Conversation> conversations, string userId) =>
        conversations.Where(c => c.UserId == userId && c.DeletedAt == null);

    public static async Task<Conversation> OwnConversationAsync(
        this AppDbContext context, string userId, Guid conversationId, CancellationToken cancellationToken) =>
        await context.Conversations.OwnedBy(userId).SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken)
            ?? throw NotFound();

    public static async Task<(Run Run, Conversation Conversation)> OwnRunAsync(
        this AppDbContext context, string userId, Guid runId, CancellationToken cancellationToken)
    {
        var run = await context.Runs.SingleOrDefaultAsync(r => r.Id == runId, cancellationToken) ?? throw NotFound();
        return (run, await context.OwnConversationAsync(userId, run.ConversationId, cancellationToken));
    }

    public static async Task<(Turn Turn, Conversation Conversation)> OwnTurnAsync(
        this AppDbContext context, string userId, Guid turnId, CancellationToken cancellationToken)
    {
        var turn = await context.Turns.SingleOrDefaultAsync(t => t.Id == turnId, cancellationToken) ?? throw NotFound();
        return (turn, await context.OwnConversationAsync(userId, turn.ConversationId, cancellationToken));
    }

    public static RunRequestException NotFound() =>
        new(RunRequestError.NotFound, "This conversation does not exist or is not yours. Choose another one, or start a new chat.");
}
