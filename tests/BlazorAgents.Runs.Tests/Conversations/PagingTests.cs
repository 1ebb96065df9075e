using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace BlazorAgents.Runs.Tests.Conversations;

public sealed class PagingTests
{
    private const int Turns = 5_000;

    [Fact]
    [Trait("Id", "BLZ-07")]
    public async Task Blz07_LongThread_WalksBackInOrderAndReadsOnlyWhatIsShown()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var conversation = await LongThread.AddAsync(host, Turns);
        var (seen, before) = (new List<string>(), (Guid?)null);
        var (commands, rows) = (0, 0);
        ThreadPage page;
        do
        {
            host.Queries.Reset();
            page = await host.Conversations.GetPageAsync(RunsHost.User, conversation, before, take: 100);
            (commands, rows) = (Math.Max(commands, host.Queries.Commands), Math.Max(rows, host.Queries.Rows));
            before = page.Turns[0].Id;
            seen.InsertRange(0, page.Turns.SelectMany(t => new[] { t.Text, t.Run.Text() }));
        }
        while (page.HasOlder);

        Assert.Equal(Enumerable.Range(0, Turns).SelectMany(i => new[] { $"Question {i}", $"Answer {i}" }), seen);
        Assert.InRange(commands, 1, 8);
        
        // Six queries of one row for each turn; reading past the last row counts too.
        Assert.InRange(rows, 100, (100 * 6) + 20);
        Assert.Empty((await host.Conversations.GetPageAsync(RunsHost.User, conversation, before, take: 100)).Turns);
    }

    [Theory]
    [Trait("Id", "BLZ-07")]
    [InlineData(5)]
    [InlineData(50)]
    public async Task Blz07_Page_NeverLooksThroughAWholeConversationOrTable(int take)
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var conversation = await LongThread.AddAsync(host, turns: 20);
        host.Queries.Reset();
        await host.Conversations.GetPageAsync(RunsHost.User, conversation, null, take);

        await using var connection = new SqliteConnection($"Data Source={host.DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        foreach (var (sql, parameters) in host.Queries.Texts)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + sql;
            command.Parameters.AddRange(parameters.Select(p => new SqliteParameter(p.Name, p.Value)));
            await using var plan = await command.ExecuteReaderAsync();
            while (await plan.ReadAsync())
            {
                var step = plan.GetString(3);
                Assert.DoesNotMatch("SCAN [rti]( |$)", step);
                Assert.DoesNotContain("(ConversationId=?)", step, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Page_AbsurdTake_IsBounded()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var conversation = await LongThread.AddAsync(host, turns: 300);

        Assert.Equal(200, (await host.Conversations.GetPageAsync(RunsHost.User, conversation, null, int.MaxValue)).Turns.Count);
        Assert.Single((await host.Conversations.GetPageAsync(RunsHost.User, conversation, null, -1)).Turns);
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Sec13_PageBeforeATurnOfAnotherConversation_DoesNotExist()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var (first, second) = (await host.SendAsync("First"), await host.SendAsync("Second"));

        var refused = await Assert.ThrowsAsync<RunRequestException>(
            () => host.Conversations.GetPageAsync(RunsHost.User, first.ConversationId, second.TurnId, take: 10));

        Assert.Equal(RunRequestError.NotFound, refused.Error);
    }

    [Fact]
    public async Task Page_DamagedRow_ShowsTheRest()
    {
        using var folder = new TempFolder();
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder });
        await using var reader = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, StartEngine = false }); // in which no answer is live
        host.Model.ThenText("Fine.").ThenText("Still fine.");
        var (run, _) = await host.AskAsync();
        foreach (var damaged in new[] { "{}", "", """{"content":"x"}""", """{"type":"function_call"}""", "{\"type\":\"text\",\"content\":" })
        {
            await host.Database.WriteAsync(c => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(
                c.Database, $"""UPDATE "Items" SET "Payload" = {damaged} WHERE "RunId" = {run.RunId}"""));

            var item = Assert.Single((await reader.ViewAsync(run)).Items);

            Assert.Equal((RunItemKind.Notice, "This part of the answer is damaged and cannot be shown."), (item.Kind, item.Text));
        }

        Assert.Equal("Still fine.", (await host.AskAsync("More", run.ConversationId)).View.Text());
        Assert.Equal(["Hello", "More"], host.Model.Requests[1].Messages.Select(m => m.Text));
    }
}
