using BlazorAgents.Data;

namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>Writes a conversation of many exchanges straight into the database.</summary>
internal static class LongThread
{
    public static async Task<Guid> AddAsync(RunsHost host, int turns, Func<int, string>? message = null)
    {
        var conversation = new Conversation { Id = Guid.CreateVersion7(), UserId = RunsHost.User, Title = "Long", AgentId = RunsHost.Agent };
        await host.Database.WriteAsync(context =>
        {
            context.ChangeTracker.AutoDetectChangesEnabled = false;
            Guid? parent = null;
            for (var i = 0; i < turns; i++)
            {
                var turn = new Turn
                {
                    Id = Guid.CreateVersion7(),
                    ConversationId = conversation.Id,
                    ParentRunId = parent,
                    ClientRequestId = Guid.NewGuid(),
                    Text = message?.Invoke(i) ?? $"Question {i}",
                    CreatedAt = DateTimeOffset.UnixEpoch.AddMinutes(i),
                };
                var run = new Run
                {
                    Id = Guid.CreateVersion7(),
                    ConversationId = conversation.Id,
                    TurnId = turn.Id,
                    ClientRequestId = turn.ClientRequestId,
                    AgentId = RunsHost.Agent,
                    Status = RunStatus.Completed,
                    CreatedAt = turn.CreatedAt,
                };
                context.AddRange(turn, run, Item(run, i));
                parent = run.Id;
            }

            conversation.ActiveRunId = parent;
            context.Add(conversation);
            return Task.CompletedTask;
        });
        return conversation.Id;
    }

    private static ConversationItem Item(Run run, int i) => new()
    {
        Id = Guid.CreateVersion7(),
        RunId = run.Id,
        ConversationId = run.ConversationId,
        Kind = ItemKind.Text,
        Payload = new ItemPayload.Text($"Answer {i}").ToJson(),
        IsComplete = true,
    };
}
