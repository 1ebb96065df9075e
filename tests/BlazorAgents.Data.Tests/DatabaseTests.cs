using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Data.Tests;

public sealed class DatabaseTests
{
    [Fact]
    public async Task Model_AgainstTheMigrations_HasNoPendingChanges()
    {
        await using var folder = new DataFolder();
        await using var context = await folder.Contexts.CreateDbContextAsync();

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Write_Throws_KeepsNothingAndLetsTheNextWriterIn()
    {
        await using var folder = await DataFolder.PreparedAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => folder.Database.WriteAsync(async context =>
        {
            context.Conversations.Add(Conversation());
            await context.SaveChangesAsync();
            throw new InvalidOperationException("Half way.");
        }));

        Assert.False(await folder.Database.ReadAsync(c => c.Conversations.AnyAsync()));
        await folder.Database.WriteAsync(c => Task.FromResult(c.Conversations.Add(Conversation())));
        Assert.True(await folder.Database.ReadAsync(c => c.Conversations.AnyAsync()));
    }

    [Fact]
    public async Task Write_Cancelled_KeepsNothing()
    {
        await using var folder = await DataFolder.PreparedAsync();
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => folder.Database.WriteAsync(
            async context =>
            {
                context.Conversations.Add(Conversation());
                await cancel.CancelAsync();
            },
            cancel.Token));

        Assert.False(await folder.Database.ReadAsync(c => c.Conversations.AnyAsync()));
    }

    [Fact]
    public async Task Write_TakesTheWriteLockAtOnce()
    {
        await using var folder = await DataFolder.PreparedAsync();
        await folder.Database.WriteAsync(async _ =>
        {
            // Nothing was written yet: a deferred transaction would let this one in, and fail later when both write.
            await using var other = folder.Open();
            other.DefaultTimeout = 1;
            var busy = Assert.Throws<SqliteException>(() => other.BeginTransaction());
            Assert.Equal(5, busy.SqliteErrorCode);
        });
    }

    [Fact]
    [Trait("Id", "REL-17")]
    public async Task Rel17_FiftyWritersAndReaders_AllSucceed()
    {
        await using var folder = await DataFolder.PreparedAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            await folder.Database.WriteAsync(c => Task.FromResult(c.Conversations.Add(Conversation())));
            await folder.Database.ReadAsync(c => c.Conversations.CountAsync());
        })));

        Assert.Equal(50, await folder.Database.ReadAsync(c => c.Conversations.CountAsync()));
    }

    [Fact]
    public async Task Runs_TwoActiveInOneConversation_AreRefusedByTheDatabase()
    {
        await using var folder = await DataFolder.PreparedAsync();
        var conversation = Conversation();
        var turn = new Turn { Id = Guid.CreateVersion7(), ConversationId = conversation.Id, Text = "Hello" };
        await folder.Database.WriteAsync(context =>
        {
            context.AddRange(conversation, turn, NewRun(turn, RunStatus.Completed), NewRun(turn, RunStatus.Failed), NewRun(turn, RunStatus.Queued));
            return Task.CompletedTask;
        });

        foreach (var status in new[] { RunStatus.Queued, RunStatus.Running, RunStatus.AwaitingApproval })
        {
            await Assert.ThrowsAsync<DbUpdateException>(
                () => folder.Database.WriteAsync(c => Task.FromResult(c.Runs.Add(NewRun(turn, status)))));
        }

        await folder.Database.WriteAsync(c => Task.FromResult(c.Runs.Add(NewRun(turn, RunStatus.Stopped))));
    }

    [Fact]
    public async Task DateTimeOffset_WhateverItsOffset_SortsAsItsInstant()
    {
        await using var folder = await DataFolder.PreparedAsync();
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        DateTimeOffset[] instants = [noon.AddTicks(1), noon.ToOffset(TimeSpan.FromHours(9)), noon.AddMinutes(-1).ToOffset(TimeSpan.FromHours(-7))];
        await folder.Database.WriteAsync(context =>
        {
            context.AddRange(instants.Select(instant => Conversation(instant)));
            return Task.CompletedTask;
        });

        var read = await folder.Database.ReadAsync(c => c.Conversations.OrderBy(x => x.UpdatedAt).Select(x => x.UpdatedAt).ToListAsync());

        Assert.Equal([noon.AddMinutes(-1), noon, noon.AddTicks(1)], read);
        Assert.All(read, instant => Assert.Equal(TimeSpan.Zero, instant.Offset));
        Assert.Equal(1, await folder.Database.ReadAsync(c => c.Conversations.CountAsync(x => x.UpdatedAt > noon)));
    }

    [Fact]
    public async Task User_Removed_TakesEverythingAlong()
    {
        await using var folder = await DataFolder.PreparedAsync();
        var conversation = Conversation();
        var turn = new Turn { Id = Guid.CreateVersion7(), ConversationId = conversation.Id, Text = "Hello" };
        var run = NewRun(turn, RunStatus.Completed);
        await folder.Database.WriteAsync(context =>
        {
            context.AddRange(conversation, turn, run, new ConversationItem { Id = Guid.CreateVersion7(), RunId = run.Id, Payload = "{}" });
            return Task.CompletedTask;
        });

        await folder.Database.WriteAsync(c => c.Users.ExecuteDeleteAsync());

        Assert.Equal((0, 0, 0), await folder.Database.ReadAsync(async c => (await c.Turns.CountAsync(), await c.Runs.CountAsync(), await c.Items.CountAsync())));
    }

    private static Conversation Conversation(DateTimeOffset updatedAt = default) =>
        new() { Id = Guid.CreateVersion7(), UserId = "user", Title = "Title", AgentId = "assistant", UpdatedAt = updatedAt };

    private static Run NewRun(Turn turn, RunStatus status) => new()
    {
        Id = Guid.CreateVersion7(),
        ConversationId = turn.ConversationId,
        TurnId = turn.Id,
        ClientRequestId = Guid.NewGuid(),
        AgentId = "assistant",
        Status = status,
    };
}
