using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class RequestTests
{
    [Fact]
    [Trait("Id", "REL-19")]
    public async Task Rel19_TwoSendersAtOnce_OneIsRefusedAsBusy()
    {
        using var folder = new TempFolder();
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder });
        await using var second = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, StartEngine = false });
        host.Model.ThenText("First.");
        var (run, _) = await host.AskAsync();
        var gate = new Gate();
        host.Model.ThenGated(gate, "Answer");

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            Record.ExceptionAsync(() => (i % 2 == 0 ? host : second).SendAsync($"Message {i}", run.ConversationId))));

        Assert.Single(results, r => r is null);
        Assert.All(results.Where(r => r is not null), r => Assert.Equal(RunRequestError.Busy, Assert.IsType<RunRequestException>(r).Error));
        Assert.Equal(2, await host.Database.ReadAsync(c => c.Turns.CountAsync()));
        gate.Open();
    }

    [Fact]
    [Trait("Id", "REL-20")]
    public async Task Rel20_SameRequestAgainAndAgain_IsOneMessageOneRunOneModelCall()
    {
        await using var host = await RunsHost.StartAsync();
        var gate = new Gate();
        host.Model.ThenGated(gate, "Answer");
        var request = RunsHost.Request();

        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.Runs.StartAsync(request))));
        gate.Open();
        await host.EndAsync(started[0]);
        var later = await host.Runs.StartAsync(request);

        Assert.All(started, s => Assert.Equal(later, s));
        Assert.Equal(1, await host.Database.ReadAsync(c => c.Turns.CountAsync()));
        Assert.Equal(1, await host.Database.ReadAsync(c => c.Runs.CountAsync()));
        Assert.Single(host.Model.Requests);
    }

    [Fact]
    [Trait("Id", "REL-20")]
    public async Task Rel20_RegenerateAndEditTwice_AreOneEach()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenText("One.").ThenText("Two.").ThenText("Three.");
        var (run, _) = await host.AskAsync();
        var (again, edit) = (Guid.NewGuid(), Guid.NewGuid());

        var first = await host.Runs.RegenerateAsync(RunsHost.User, run.RunId, again);
        Assert.Equal(first, await host.Runs.RegenerateAsync(RunsHost.User, run.RunId, again));
        await host.EndAsync(first);
        var edited = await host.Runs.EditAsync(RunsHost.User, run.TurnId, edit, "Better");
        Assert.Equal(edited, await host.Runs.EditAsync(RunsHost.User, run.TurnId, edit, "Better"));
        await host.EndAsync(edited);

        Assert.Equal(3, host.Model.Requests.Count);
        Assert.Equal(3, await host.Database.ReadAsync(c => c.Runs.CountAsync()));
    }

    [Fact]
    [Trait("Id", "REL-17")]
    public async Task Rel17_FiftyWritersAtOnce_LoseNothing()
    {
        using var folder = new TempFolder();
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder });
        await using var second = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder });
        RunsHost[] hosts = [host, second];
        var runs = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
        {
            hosts[i % 2].Model.ThenText("Part one, ", "part two.");
            return (Host: hosts[i % 2], Run: await hosts[i % 2].SendAsync($"Message {i}"));
        })));

        foreach (var (owner, run) in runs)
        {
            Assert.Equal(RunStatus.Completed, (await owner.EndAsync(run)).State.Status);
            Assert.Equal([new ItemPayload.Text("Part one, part two.")], await owner.StoredItemsAsync(run.RunId));
        }

        Assert.Equal(50, await host.Database.ReadAsync(c => c.Turns.Select(t => t.Text).Distinct().CountAsync()));
    }

    [Fact]
    public async Task Start_UnknownAgentOrModelOfAbsurdLength_IsRefusedByName()
    {
        await using var host = await RunsHost.StartAsync();

        var agent = await Assert.ThrowsAsync<RunRequestException>(() => host.Runs.StartAsync(RunsHost.Request() with { AgentId = "nobody" }));
        var model = await Assert.ThrowsAsync<RunRequestException>(() => host.Runs.StartAsync(RunsHost.Request() with { ModelId = new string('m', 201) }));

        Assert.Equal((RunRequestError.Invalid, RunRequestError.Invalid), (agent.Error, model.Error));
        Assert.Contains("agent", agent.Message, StringComparison.Ordinal);
        Assert.Contains("model", model.Message, StringComparison.Ordinal);
        Assert.False(await host.Database.ReadAsync(c => c.Conversations.AnyAsync()));
    }
}
