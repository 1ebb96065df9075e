using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>A user's conversations. Every method takes the acting user; what is not theirs does not exist for them.</summary>
/// <exception cref="RunRequestException">NotFound, or Invalid with the field's name in the message.</exception>
public sealed class ConversationService(
    Database database, ConversationFeed feed, ConversationListCache lists, ThreadReader threads, RunService runs, ConnectionRules connections, ToolGrants grants, AuditLog audit, TimeProvider time)
{
    // Longer words find nothing that shorter ones do not, and SQLite refuses patterns beyond 50,000 bytes.
    private const int MaxSearch = 1_000;

    /// <summary>The list, pinned first, then newest first; <paramref name="search"/> looks in titles and in what the user said.</summary>
    public Task<IReadOnlyList<ConversationSummary>> ListAsync(
        string userId, string? search, int take, CancellationToken cancellationToken = default) =>
        string.IsNullOrWhiteSpace(search)
            ? lists.GetAsync(userId, take, () => ReadListAsync(userId, search: null, take, CancellationToken.None)).WaitAsync(cancellationToken)
            : ReadListAsync(userId, search, take, cancellationToken);

    /// <summary>One conversation's line.</summary>
    public Task<ConversationSummary> GetAsync(string userId, Guid conversationId, CancellationToken cancellationToken = default) =>
        database.ReadAsync(
            async context =>
            {
                var own = context.Conversations.OwnedBy(userId).Where(c => c.Id == conversationId);
                var summary = await Summaries(context, own).SingleOrDefaultAsync(cancellationToken) ?? throw ConversationAccess.NotFound();
                var row = await own.SingleAsync(cancellationToken);
                return summary with { Connection = row.ReadConnection(), Tools = ToolChoice.FromJson(row.ToolChoice) };
            },
            cancellationToken);

    /// <summary>The last <paramref name="take"/> turns of the shown path, or those before <paramref name="beforeTurnId"/>.</summary>
    public Task<ThreadPage> GetPageAsync(
        string userId, Guid conversationId, Guid? beforeTurnId, int take, CancellationToken cancellationToken = default) =>
        threads.ReadAsync(userId, conversationId, beforeTurnId, take, cancellationToken);

    /// <summary>Gives it the user's own title, 1 to 120 characters.</summary>
    public async Task RenameAsync(string userId, Guid conversationId, string title, CancellationToken cancellationToken = default)
    {
        var clean = MessageRules.CleanTitle(title);
        await ChangeAsync(userId, conversationId, c => (c.Title, c.TitleSource) = (clean, TitleSource.User), cancellationToken);
    }

    /// <summary>Keeps it at the top of the list, or no longer.</summary>
    public Task SetPinnedAsync(string userId, Guid conversationId, bool pinned, CancellationToken cancellationToken = default) =>
        ChangeAsync(userId, conversationId, c => c.IsPinned = pinned, cancellationToken);

    /// <summary>Chooses the model of later answers; null takes the default.</summary>
    public async Task SetModelAsync(string userId, Guid conversationId, string? modelId, CancellationToken cancellationToken = default)
    {
        var known = MessageRules.CheckModel(modelId);
        await ChangeAsync(userId, conversationId, c => c.ModelId = known, cancellationToken);
    }

    /// <summary>Chooses how later answers reach their model. What was said stays; the next answer begins with all of it.</summary>
    public async Task SetConnectionAsync(
        string userId, Guid conversationId, ConversationConnection connection, string? modelId, CancellationToken cancellationToken = default)
    {
        var known = MessageRules.CheckModel(modelId);
        var conversation = await GetAsync(userId, conversationId, cancellationToken);
        await connections.CheckAsync(connection, conversation.AgentId, cancellationToken);
        await ChangeAsync(
            userId,
            conversationId,
            c =>
            {
                c.ModelId = known;
                c.WriteConnection(connection);
            },
            cancellationToken);
    }

    /// <summary>Chooses the tools of later messages; answers there are keep theirs.</summary>
    public async Task SetToolsAsync(string userId, Guid conversationId, ToolChoice tools, CancellationToken cancellationToken = default)
    {
        await database.WriteAsync(
            async context =>
            {
                var conversation = await context.OwnConversationAsync(userId, conversationId, cancellationToken);
                conversation.ToolChoice = (await grants.CheckAsync(context, userId, conversation.AgentId, tools, cancellationToken)).ToJson();
            },
            cancellationToken);
        feed.Publish(userId, conversationId);
    }

    /// <summary>Deletes it and stops what it is doing; it can be restored until it is purged.</summary>
    public async Task DeleteAsync(string userId, Guid conversationId, CancellationToken cancellationToken = default)
    {
        // In one transaction, so that no message slips in between.
        var stopped = await database.WriteAsync(
            async context =>
            {
                var conversation = await context.OwnConversationAsync(userId, conversationId, cancellationToken);
                conversation.DeletedAt = time.GetUtcNow();
                await LogAsync(context, userId, AuditActions.ConversationDeleted, conversationId, "Deleted a conversation", cancellationToken);
                return await runs.MarkStoppedAsync(context, conversation.Id, cancellationToken);
            },
            cancellationToken);
        runs.CarryOutStops(stopped);
        feed.Publish(userId, conversationId);
    }

    /// <summary>Undoes a deletion.</summary>
    public async Task RestoreAsync(string userId, Guid conversationId, CancellationToken cancellationToken = default)
    {
        await database.WriteAsync(
            async context =>
            {
                var conversation = await context.Conversations.SingleOrDefaultAsync(c => c.Id == conversationId && c.UserId == userId, cancellationToken)
                    ?? throw ConversationAccess.NotFound();
                if (conversation.DeletedAt is not null)
                {
                    conversation.DeletedAt = null;
                    await LogAsync(context, userId, AuditActions.ConversationRestored, conversationId, "Restored a deleted conversation", cancellationToken);
                }
            },
            cancellationToken);
        feed.Publish(userId, conversationId);
    }

    /// <summary>Shows this answer of its turn, and the newest of what followed it.</summary>
    public async Task SelectRunAsync(string userId, Guid runId, CancellationToken cancellationToken = default)
    {
        var conversationId = await database.WriteAsync(
            async context =>
            {
                var (run, conversation) = await context.OwnRunAsync(userId, runId, cancellationToken);
                conversation.ActiveRunId = await context.NewestLeafAsync(run.Id, cancellationToken);
                return conversation.Id;
            },
            cancellationToken);
        feed.Publish(userId, conversationId);
    }

    /// <summary>Shows this version of a message, its newest answer, and the newest of what followed.</summary>
    public async Task SelectTurnAsync(string userId, Guid turnId, CancellationToken cancellationToken = default)
    {
        var conversationId = await database.WriteAsync(
            async context =>
            {
                var (turn, conversation) = await context.OwnTurnAsync(userId, turnId, cancellationToken);
                var newest = await context.Runs.Where(r => r.TurnId == turn.Id)
                    .OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id).Select(r => r.Id).FirstAsync(cancellationToken);
                conversation.ActiveRunId = await context.NewestLeafAsync(newest, cancellationToken);
                return conversation.Id;
            },
            cancellationToken);
        feed.Publish(userId, conversationId);
    }

    /// <summary>Calls <paramref name="changed"/>, on any thread, when the user's list or one of its conversations changed.</summary>
    public IDisposable Subscribe(string userId, Action changed) => feed.Subscribe(userId, conversationId: null, changed);

    /// <summary>Calls <paramref name="changed"/>, on any thread, when this conversation may have changed.</summary>
    public IDisposable Subscribe(string userId, Guid conversationId, Action changed) => feed.Subscribe(userId, conversationId, changed);

    private Task<IReadOnlyList<ConversationSummary>> ReadListAsync(string userId, string? search, int take, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ConversationSummary>>(
            async context =>
            {
                var own = context.Conversations.OwnedBy(userId);
                if (search?.Trim() is { Length: > 0 } words)
                {
                    if (words.Length > MaxSearch)
                    {
                        return [];
                    }

                    var pattern = "%" + words.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
                        .Replace("_", @"\_", StringComparison.Ordinal) + "%";
                    own = own.Where(c => EF.Functions.Like(c.Title, pattern, @"\")
                        || context.Turns.Any(t => t.ConversationId == c.Id && EF.Functions.Like(t.Text, pattern, @"\")));
                }

                return await Summaries(context, own.OrderByDescending(c => c.IsPinned).ThenByDescending(c => c.UpdatedAt).Take(Math.Clamp(take, 1, 1000))).ToListAsync(cancellationToken);
            },
            cancellationToken);

    // Without the title: what people talk about is no business of the audit.
    private async Task LogAsync(
        AppDbContext context, string userId, string action, Guid conversationId, string summary, CancellationToken cancellationToken)
    {
        var name = await context.Users.Where(u => u.Id == userId).Select(u => u.DisplayName).SingleOrDefaultAsync(cancellationToken);
        await audit.AppendAsync(
            context, new AuditEntry(new Actor(userId, name ?? userId, Roles.User), action, "conversation", conversationId.ToString(), summary), cancellationToken);
    }

    private static IQueryable<ConversationSummary> Summaries(AppDbContext context, IQueryable<Conversation> conversations) =>
        conversations.Select(c => new ConversationSummary(
            c.Id, c.Title, c.AgentId, c.ModelId, c.IsPinned, c.UpdatedAt,
            context.Runs.Any(r => r.ConversationId == c.Id
                && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running || r.Status == RunStatus.AwaitingApproval))));

    private async Task ChangeAsync(string userId, Guid conversationId, Action<Conversation> change, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async context => change(await context.OwnConversationAsync(userId, conversationId, cancellationToken)),
            cancellationToken);
        feed.Publish(userId, conversationId);
    }
}
