using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>The database of a running application, seen past it: to check what is stored, and to store what would take long by hand.</summary>
public sealed class AppData : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public AppData(AppProcess app)
    {
        ArgumentNullException.ThrowIfNull(app);
        _services = new ServiceCollection().AddLogging().AddData(app.DataFolder, new DataOptions()).BuildServiceProvider();
    }

    private Database Database => _services.GetRequiredService<Database>();

    /// <summary>The runs of a conversation, oldest first.</summary>
    public Task<List<Run>> RunsAsync(Guid conversation) =>
        Database.ReadAsync(data => data.Runs.Where(run => run.ConversationId == conversation).OrderBy(run => run.CreatedAt).ToListAsync());

    /// <summary>The messages of a conversation, oldest first.</summary>
    public Task<List<Turn>> TurnsAsync(Guid conversation) =>
        Database.ReadAsync(data => data.Turns.Where(turn => turn.ConversationId == conversation).OrderBy(turn => turn.CreatedAt).ToListAsync());

    /// <summary>The text of a conversation's answers as stored, oldest first.</summary>
    public async Task<string> AnswerTextAsync(Guid conversation)
    {
        var items = await Database.ReadAsync(data => data.Items.Where(item => item.ConversationId == conversation).OrderBy(item => item.CreatedAt).ThenBy(item => item.Seq).ToListAsync());
        return string.Concat(items.Select(item => ItemPayload.FromJson(item.Payload)).OfType<ItemPayload.Text>().Select(text => text.Content));
    }

    /// <summary>Stores a finished conversation: for each pair a message and an answer made of the given texts.</summary>
    public async Task<Guid> AddConversationAsync(Person owner, string title, IEnumerable<(string Message, IReadOnlyList<ItemPayload> Answer)> turns, DateTimeOffset? at = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        var now = at ?? DateTimeOffset.UtcNow;
        var email = owner.Email.ToUpperInvariant();
        return await Database.WriteAsync(async data =>
        {
            var user = await data.Users.SingleAsync(user => user.NormalizedEmail == email);
            var conversation = new Conversation
            {
                Id = Guid.CreateVersion7(),
                UserId = user.Id,
                Title = title,
                TitleSource = TitleSource.User,
                AgentId = "assistant",
                CreatedAt = now,
                UpdatedAt = now,
            };
            Guid? parent = null;
            data.ChangeTracker.AutoDetectChangesEnabled = false;
            foreach (var (message, answer) in turns)
            {
                now += TimeSpan.FromMilliseconds(2);
                parent = AddTurn(data, conversation, parent, message, answer, now);
            }

            conversation.ActiveRunId = parent;
            conversation.UpdatedAt = now;
            data.Conversations.Add(conversation);
            return conversation.Id;
        });
    }

    /// <summary>The requests for approval of a conversation, oldest first.</summary>
    public Task<List<Approval>> ApprovalsAsync(Guid conversation) =>
        Database.ReadAsync(data => data.Approvals.Where(approval => approval.ConversationId == conversation).OrderBy(approval => approval.CreatedAt).ToListAsync());

    /// <summary>The journal of a conversation's tool calls, oldest first.</summary>
    public Task<List<ToolExecution>> CallsAsync(Guid conversation) =>
        Database.ReadAsync(data => data.ToolExecutions.Where(call => call.ConversationId == conversation).OrderBy(call => call.StartedAt).ToListAsync());

    /// <summary>The orders that a conversation's calls placed, oldest first.</summary>
    public Task<List<Order>> OrdersAsync(Guid conversation) =>
        Database.ReadAsync(data => data.Orders
            .Where(order => data.ToolExecutions.Any(call => call.ConversationId == conversation && call.IdempotencyKey == order.IdempotencyKey))
            .OrderBy(order => order.Number).ToListAsync());

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static Guid AddTurn(AppDbContext data, Conversation conversation, Guid? parent, string message, IReadOnlyList<ItemPayload> answer, DateTimeOffset now)
    {
        var turn = new Turn
        {
            Id = Guid.CreateVersion7(now),
            ConversationId = conversation.Id,
            ParentRunId = parent,
            ClientRequestId = Guid.NewGuid(),
            Text = message,
            CreatedAt = now,
        };
        var run = new Run
        {
            Id = Guid.CreateVersion7(now),
            ConversationId = conversation.Id,
            TurnId = turn.Id,
            ClientRequestId = Guid.NewGuid(),
            Status = RunStatus.Completed,
            AgentId = conversation.AgentId,
            FinishReason = "Stop",
            CreatedAt = now,
            StartedAt = now,
            EndedAt = now,
        };
        data.Turns.Add(turn);
        data.Runs.Add(run);
        data.Items.AddRange(answer.Select((payload, seq) => new ConversationItem
        {
            Id = Guid.CreateVersion7(now),
            RunId = run.Id,
            ConversationId = conversation.Id,
            Seq = seq,
            Kind = payload.Kind,
            Payload = payload.ToJson(),
            IsComplete = true,
            CreatedAt = now,
        }));
        return run.Id;
    }
}
