using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Scripted;

namespace BlazorAgents.Emulator.Tests.Scripted;

[SuppressMessage("Performance", "CA1849", Justification = "Reads single bytes on purpose.")]
public sealed class ScriptedFaultTests
{
    private static readonly TimeSpan s_patience = EmulatorClient.Patience;

    [Fact]
    [Trait("Id", "REL-04")]
    public async Task Gate_BeforeFirstByte_HoldsEvenTheHeaders()
    {
        var gate = new Gate();
        await using var run = await Run.StartAsync(ScriptedReply.Stream().WaitFor(gate).Text("late").Finish());

        var answer = run.Client.SendAsync(EmulatorClient.Ask("x", stream: true));
        await gate.Reached.WaitAsync(s_patience);
        Assert.False(answer.IsCompleted);
        gate.Open();

        using var response = await answer;
        Assert.Equal("late", EmulatorClient.Text(EmulatorClient.Events(await response.Content.ReadAsStringAsync())));
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Reset_InMidStream_KeepsWhatCameAndThrows()
    {
        var gate = new Gate();
        await using var run = await Run.StartAsync(ScriptedReply.Stream().Text("part").WaitFor(gate).Reset());

        using var response = await run.Client.SendAsync(EmulatorClient.Ask("x", stream: true));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var seen = await ReadUntilAsync(reader, "part");
        gate.Open();

        await Assert.ThrowsAnyAsync<IOException>(() => reader.ReadToEndAsync().WaitAsync(s_patience));
        Assert.Contains("part", seen, StringComparison.Ordinal);
        var request = Assert.Single(run.Provider.Requests);
        await request.Finished.WaitAsync(s_patience);
        Assert.False(request.Aborted.IsCompleted);
    }

    [Fact]
    [Trait("Id", "REL-04")]
    public async Task Stall_UntilClientLeaves_IsSeenAsAborted()
    {
        await using var run = await Run.StartAsync(ScriptedReply.Stream().Text("part").Stall());
        using var leave = new CancellationTokenSource();

        using var response = await run.Client.SendAsync(EmulatorClient.Ask("x", stream: true), leave.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await ReadUntilAsync(reader, "part");
        var request = await run.Provider.NextRequestAsync().WaitAsync(s_patience);
        Assert.False(request.Aborted.IsCompleted);
        response.Dispose();

        await request.Aborted.WaitAsync(s_patience);
        await request.Finished.WaitAsync(s_patience);
    }

    [Fact]
    [Trait("Id", "REL-04")]
    public async Task Stall_WithGate_GoesOnWhenItOpens()
    {
        var gate = new Gate();
        await using var run = await Run.StartAsync(ScriptedReply.Stream().Text("a").Stall(gate).Text("b").Finish());

        var body = run.Client.BodyAsync(EmulatorClient.Ask("x", stream: true));
        await gate.Reached.WaitAsync(s_patience);
        gate.Open();

        Assert.Equal("ab", EmulatorClient.Text(EmulatorClient.Events(await body)));
    }

    [Fact]
    [Trait("Id", "REL-05")]
    public async Task Text_CutInsideACharacter_ArrivesInTwoHalves()
    {
        var gate = new Gate();
        await using var run = await Run.StartAsync(ScriptedReply.Stream().SplitText("a界b", gate).Finish());

        using var response = await run.Client.SendAsync(EmulatorClient.Ask("x", stream: true));
        await using var stream = await response.Content.ReadAsStreamAsync();
        var bytes = new List<byte>();
        while (!Encoding.UTF8.GetString([.. bytes]).EndsWith('\uFFFD'))
        {
            bytes.Add((byte)stream.ReadByte());
        }

        await gate.Reached.WaitAsync(s_patience);
        gate.Open();
        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest);
        Assert.Equal("a界b", EmulatorClient.Text(EmulatorClient.Events(Encoding.UTF8.GetString([.. bytes, .. rest.ToArray()]))));
    }

    [Fact]
    [Trait("Id", "REL-05")]
    public async Task Stream_WithGarbageUnknownErrorAndRaw_SendsThemAsWritten()
    {
        await using var run = await Run.StartAsync(ScriptedReply.Stream().Garbage().Unknown().ErrorEvent("it broke", "overloaded").Raw(": comment\n\n").EndWithoutFinish());

        var body = await run.Client.BodyAsync(EmulatorClient.Ask("x", stream: true));

        Assert.Contains("this is not an event\n", body, StringComparison.Ordinal);
        Assert.Contains("data: {broken\n\n", body, StringComparison.Ordinal);
        Assert.Contains("event: from.the.future\n", body, StringComparison.Ordinal);
        Assert.Contains("""{"error":{"message":"it broke","type":"server_error","param":null,"code":"overloaded"}}""", body, StringComparison.Ordinal);
        Assert.EndsWith(": comment\n\n", body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "REL-05")]
    public async Task BigLine_OneMegabyte_IsOneEvent()
    {
        await using var run = await Run.StartAsync(ScriptedReply.Stream().BigLine().Finish());

        var events = await run.Client.EventsAsync(EmulatorClient.Ask("x", stream: true));

        Assert.Contains(events, data => data.Length > 1024 * 1024);
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Stream_WithoutFinish_EndsWithNoTerminalEvent()
    {
        await using var run = await Run.StartAsync(ScriptedReply.Stream().Text("half").EndWithoutFinish());

        var events = await run.Client.EventsAsync(EmulatorClient.Ask("x", stream: true));

        Assert.DoesNotContain("[DONE]", events);
        Assert.DoesNotContain(EmulatorClient.Chunks(events), chunk => chunk.GetProperty("choices")[0].GetProperty("finish_reason").GetString() is not null);
    }

    [Theory]
    [Trait("Id", "REL-06")]
    [InlineData("length")]
    [InlineData("content_filter")]
    public async Task Finish_WithReason_IsInTheLastChunk(string reason)
    {
        await using var run = await Run.StartAsync(ScriptedReply.Stream().Finish(reason));

        var events = await run.Client.EventsAsync(EmulatorClient.Ask("x", stream: true));

        Assert.Equal(reason, EmulatorClient.Chunks(events).Last().GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal("", EmulatorClient.Text(events));
    }

    [Fact]
    [Trait("Id", "REL-01")]
    public async Task RateLimit_InThreeForms_SetsTheHeader()
    {
        var until = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await using var run = await Run.StartAsync(ScriptedReply.RateLimited(7), ScriptedReply.RateLimitedUntil(until), ScriptedReply.RateLimitedForMilliseconds(250), ScriptedReply.RateLimited());

        var headers = new List<string?>();
        for (var index = 0; index < 4; index++)
        {
            using var response = await run.Client.SendAsync(EmulatorClient.Ask("x", stream: true));
            Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
            Assert.Contains("rate_limit_exceeded", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            headers.Add(response.Headers.NonValidated.Where(header => header.Key.StartsWith("retry-after", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value.ToString()).SingleOrDefault());
        }

        Assert.Equal(["7", "Wed, 02 Jan 2030 03:04:05 GMT", "250", null], headers);
    }

    [Theory]
    [Trait("Id", "REL-02")]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Error_OfTheServer_HasItsStatusAndShape(int status)
    {
        await using var run = await Run.StartAsync(ScriptedReply.Error(status, "down"));

        var (actual, json) = await run.Client.PostAsync("chat/completions", EmulatorClient.Ask("x"));

        Assert.Equal(status, (int)actual);
        Assert.Equal("server_error", json.GetProperty("error").GetProperty("type").GetString());
    }

    private static async Task<string> ReadUntilAsync(StreamReader reader, string wanted)
    {
        var seen = new StringBuilder();
        var buffer = new char[256];
        while (!seen.ToString().Contains(wanted, StringComparison.Ordinal))
        {
            var count = await reader.ReadAsync(buffer).AsTask().WaitAsync(s_patience);
            Assert.NotEqual(0, count);
            seen.Append(buffer, 0, count);
        }

        return seen.ToString();
    }

    private sealed record Run(ScriptedProvider Provider, EmulatorClient Client) : IAsyncDisposable
    {
        public static async Task<Run> StartAsync(params ScriptedReply[] replies)
        {
            var provider = replies.Aggregate(new ScriptedProvider(), (all, reply) => all.Enqueue(reply));
            return new Run(provider, await EmulatorClient.StartAsync(provider));
        }

        public ValueTask DisposeAsync() => Client.DisposeAsync();
    }
}
