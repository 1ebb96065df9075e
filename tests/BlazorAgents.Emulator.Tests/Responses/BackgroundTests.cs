using System.Net;
using BlazorAgents.Emulator.Demo;
using OpenAI.Responses;

namespace BlazorAgents.Emulator.Tests.Responses;

public sealed class BackgroundTests
{
    [Fact]
    public async Task Background_Plain_IsQueuedThenCompletes()
    {
        var time = new StoppedClock();
        await using var sdk = await SdkClient.StartAsync(time: time, pace: DemoPace.Human);
        var ask = SdkClient.Ask("Hello");
        ask.BackgroundModeEnabled = true;

        var created = await sdk.CreateAsync(ask);
        await time.Waiting.WaitAsync(EmulatorClient.Patience);
        ResponseResult working = await sdk.Responses.GetResponseAsync(created.Id);
        time.Release();
        var last = await FollowAsync(sdk, created.Id, -1);

        Assert.Contains(created.Status, new ResponseStatus?[] { ResponseStatus.Queued, ResponseStatus.InProgress });
        Assert.True(created.BackgroundModeEnabled);
        Assert.Equal(ResponseStatus.InProgress, working.Status);
        Assert.Equal("response.queued", last[1].Kind.ToString());
        Assert.Equal(ResponseStatus.Completed, ((ResponseResult)await sdk.Responses.GetResponseAsync(created.Id)).Status);
    }

    [Fact]
    public async Task Background_ConnectionDropped_GoesOnAndResumesAfterTheLastNumber()
    {
        var time = new StoppedClock();
        await using var sdk = await SdkClient.StartAsync(time: time, pace: DemoPace.Human);
        var ask = SdkClient.Ask("Hello");
        ask.BackgroundModeEnabled = true;
        ask.StreamingEnabled = true;
        using var leave = new CancellationTokenSource();
        var seen = new List<StreamingResponseUpdate>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await using var stream = await sdk.Responses.CreateResponseStreamingAsync(ask, leave.Token);
            await foreach (var update in stream)
            {
                seen.Add(update);
                if (update is StreamingResponseInProgressUpdate)
                {
                    await leave.CancelAsync();
                }
            }
        });
        time.Release();
        var rest = await FollowAsync(sdk, ((StreamingResponseCreatedUpdate)seen[0]).Response.Id, seen[^1].SequenceNumber);

        Assert.Equal(seen.Count, rest[0].SequenceNumber);
        Assert.Equal(Enumerable.Range(0, seen.Count + rest.Count), seen.Concat(rest).Select(update => update.SequenceNumber));
        Assert.Equal("Hello! How can I help you today?", Assert.IsType<StreamingResponseCompletedUpdate>(rest[^1]).Response.GetOutputText());
    }

    [Fact]
    public async Task Foreground_ConnectionDropped_LeavesNothingBehind()
    {
        var time = new StoppedClock();
        await using var sdk = await SdkClient.StartAsync(time: time, pace: DemoPace.Human);
        using var leave = new CancellationTokenSource();
        var ask = SdkClient.Ask("Hello");
        ask.StreamingEnabled = true;
        string id = "";

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await using var stream = await sdk.Responses.CreateResponseStreamingAsync(ask, leave.Token);
            await foreach (var update in stream)
            {
                id = update is StreamingResponseCreatedUpdate created ? created.Response.Id : id;
                await leave.CancelAsync();
            }
        });

        while (true)
        {
            using var response = await sdk.Raw.GetAsync($"responses/{id}");
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return;
            }
        }
    }

    [Fact]
    public async Task Cancel_InTheBackground_KeepsWhatWasWrittenAndIsIdempotent()
    {
        var time = new StoppedClock();
        await using var sdk = await SdkClient.StartAsync(time: time, pace: DemoPace.Human);
        var ask = SdkClient.Ask("Hello");
        ask.BackgroundModeEnabled = true;
        var created = await sdk.CreateAsync(ask);

        ResponseResult cancelled = await sdk.Responses.CancelResponseAsync(created.Id);
        ResponseResult again = await sdk.Responses.CancelResponseAsync(created.Id);
        var events = await FollowAsync(sdk, created.Id, -1);

        Assert.Equal(ResponseStatus.Cancelled, cancelled.Status);
        Assert.Equal(ResponseStatus.Cancelled, again.Status);
        Assert.Equal(ResponseStatus.Cancelled, Assert.IsType<StreamingResponseIncompleteUpdate>(events[^1]).Response.Status);
    }

    [Fact]
    public async Task Cancel_InMidSentence_LeavesAnIncompleteMessage()
    {
        var time = new Testing.Fakes.ManualTimeProvider();
        await using var sdk = await SdkClient.StartAsync(time: time, pace: new DemoPace(TimeSpan.Zero, 1));
        var ask = SdkClient.Ask("Hello");
        ask.BackgroundModeEnabled = true;
        var created = await sdk.CreateAsync(ask);
        await time.WaitForTimerAsync(_ => true);

        ResponseResult cancelled = await sdk.Responses.CancelResponseAsync(created.Id);

        Assert.Equal(ResponseStatus.Cancelled, cancelled.Status);
        Assert.Equal("Hello!", cancelled.GetOutputText());
        Assert.Equal(MessageStatus.Incomplete, Assert.IsAssignableFrom<MessageResponseItem>(Assert.Single(cancelled.OutputItems)).Status);
    }

    [Fact]
    public async Task Cancel_InTheForeground_IsRefused()
    {
        await using var sdk = await SdkClient.StartAsync();
        var response = await sdk.CreateAsync(SdkClient.Ask("Hello"));

        var error = await SdkClient.FailAsync(() => sdk.Responses.CancelResponseAsync(response.Id));

        Assert.Equal(400, error.Status);
        Assert.Contains("Cannot cancel a synchronous response.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_Closing_EndsBackgroundResponses()
    {
        var sdk = await SdkClient.StartAsync(time: new StoppedClock(), pace: DemoPace.Human);
        var ask = SdkClient.Ask("Hello");
        ask.BackgroundModeEnabled = true;
        await sdk.CreateAsync(ask);

        await sdk.DisposeAsync().AsTask().WaitAsync(EmulatorClient.Patience);
    }

    private static async Task<List<StreamingResponseUpdate>> FollowAsync(SdkClient sdk, string id, int after)
    {
        var options = new GetResponseOptions(id) { StreamingEnabled = true, StartingAfter = after < 0 ? null : after };
        await using var stream = await sdk.Responses.GetResponseStreamingAsync(options);
        var updates = new List<StreamingResponseUpdate>();
        await foreach (var update in stream)
        {
            updates.Add(update);
        }

        return updates;
    }
}
