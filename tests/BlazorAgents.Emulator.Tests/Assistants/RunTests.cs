using System.Text;
using System.Text.Json;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Tests.Demo;
using BlazorAgents.Testing.Fakes;
using OpenAI.Assistants;

namespace BlazorAgents.Emulator.Tests.Assistants;

public sealed class RunTests
{
    [Fact]
    public async Task Run_Polled_AnswersOnTheThread()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var assistant = await server.AssistantAsync();
        var thread = await server.ThreadAsync("What is 17 * 3?");

        ThreadRun queued = await client.CreateRunAsync(thread, assistant);
        Assert.Equal(RunStatus.Queued, queued.Status);
        var done = await UntilAsync(client, queued, run => run.Status.IsTerminal);

        Assert.Equal(RunStatus.Completed, done.Status);
        Assert.True(done.Usage.InputTokenCount > 0 && done.Usage.OutputTokenCount > 0 && done.Usage.TotalTokenCount == done.Usage.InputTokenCount + done.Usage.OutputTokenCount);
        var answer = await client.GetMessagesAsync(thread).FirstAsync();
        Assert.Equal((done.Id, assistant, MessageStatus.Completed), (answer.RunId, answer.AssistantId, answer.Status));
        Assert.Contains("51", answer.Content[0].Text, StringComparison.Ordinal);
        var step = Assert.Single(await client.GetRunStepsAsync(thread, done.Id).ToListAsync());
        Assert.Equal((RunStepKind.CreatedMessage, RunStepStatus.Completed, answer.Id), (step.Kind, step.Status, step.Details.CreatedMessageId));
        Assert.Equal(step.Id, (await client.GetRunStepAsync(thread, done.Id, step.Id)).Value.Id);
        Assert.Equal(done.Usage.OutputTokenCount, step.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task Run_Streamed_SendsTheSpecifiedEventsInOrder()
    {
        await using var server = await SdkServer.StartAsync();
        var assistant = await server.AssistantAsync();
        var thread = await server.ThreadAsync("What is 17 * 3?");

        var updates = await AssistantDesk.ReadAsync(server.Assistants().CreateRunStreamingAsync(thread, assistant));

        var kinds = updates.Select(update => update.UpdateKind).Distinct().ToList();
        Assert.Equal(
        [
            StreamingUpdateReason.RunCreated, StreamingUpdateReason.RunQueued, StreamingUpdateReason.RunInProgress, StreamingUpdateReason.RunStepCreated, StreamingUpdateReason.RunStepInProgress,
            StreamingUpdateReason.MessageCreated, StreamingUpdateReason.MessageInProgress, StreamingUpdateReason.MessageUpdated, StreamingUpdateReason.MessageCompleted,
            StreamingUpdateReason.RunStepCompleted, StreamingUpdateReason.RunCompleted,
        ], kinds);
        Assert.Equal(await server.AnswerAsync(thread), AssistantDesk.Text(updates));
        Assert.True(AssistantDesk.LastRun(updates).Usage.TotalTokenCount > 0);
    }

    [Fact]
    public async Task Run_StreamedRaw_NamesEveryEventAndEndsWithDone()
    {
        await using var server = await SdkServer.StartAsync();
        var body = JsonSerializer.Serialize(new { assistant_id = await server.AssistantAsync(), stream = true });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"threads/{await server.ThreadAsync("Hello")}/runs") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("OpenAI-Beta", "assistants=v2");

        using var response = await server.Http.SendAsync(request);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync();
        Assert.EndsWith("event: done\ndata: [DONE]\n\n", text, StringComparison.Ordinal);
        Assert.All(text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries), block => Assert.Matches("^event: [a-z._]+\ndata: .+$", block));
    }

    [Fact]
    public async Task ThreadAndRun_Streamed_BeginsWithTheThread()
    {
        await using var server = await SdkServer.StartAsync();
        var assistant = await server.AssistantAsync();

        var updates = await AssistantDesk.ReadAsync(server.Assistants().CreateThreadAndRunStreamingAsync(assistant, new ThreadCreationOptions { InitialMessages = { "Hello" }, Metadata = { ["a"] = "b" } }));

        var thread = Assert.IsType<ThreadUpdate>(updates[0]);
        Assert.Equal("b", thread.Metadata["a"]);
        Assert.Equal(thread.Id, AssistantDesk.LastRun(updates).ThreadId);
        Assert.Equal(await server.AnswerAsync(thread.Id), AssistantDesk.Text(updates));
    }

    [Fact]
    public async Task ThreadAndRun_Polled_Completes()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();

        ThreadRun run = await client.CreateThreadAndRunAsync(await server.AssistantAsync(), new ThreadCreationOptions { InitialMessages = { "What is 6 * 7?" } });
        await UntilAsync(client, run, now => now.Status.IsTerminal);

        Assert.Contains("42", await server.AnswerAsync(run.ThreadId), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SettingsOfItsOwn_AreShownAndUsed()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var assistant = await server.AssistantAsync(AssistantDesk.Tool(DemoTools.Weather));
        var thread = await server.ThreadAsync("Hello");
        var options = new RunCreationOptions
        {
            ModelOverride = "gpt-4o",
            InstructionsOverride = "Own.",
            AdditionalInstructions = "More.",
            AdditionalMessages = { "What is 5 * 5?" },
            AllowParallelToolCalls = false,
            MaxInputTokenCount = 5000,
            MaxOutputTokenCount = 300,
            Temperature = 0.1f,
            NucleusSamplingFactor = 0.2f,
            TruncationStrategy = RunTruncationStrategy.CreateLastMessagesStrategy(3),
            ToolConstraint = ToolConstraint.None,
            Metadata = { ["k"] = "v" },
        };

        var run = await server.RunAsync(thread, assistant, options);

        Assert.Equal(("gpt-4o", "Own.\nMore.", false, 5000, 300, "v"), (run.Model, run.Instructions, run.AllowParallelToolCalls, run.MaxInputTokenCount, run.MaxOutputTokenCount, run.Metadata["k"]));
        Assert.Equal((0.1f, 0.2f, 3), (run.Temperature, run.NucleusSamplingFactor, run.TruncationStrategy.LastMessages));
        Assert.Contains("25", await server.AnswerAsync(thread), StringComparison.Ordinal);
        var changed = (await client.ModifyRunAsync(thread, run.Id, Wire.Body(new { metadata = new { k = "w" } }))).Json();
        Assert.Equal("w", changed.GetProperty("metadata").Of("k"));
    }

    [Fact]
    public async Task Run_JsonSchema_AnswersInIt()
    {
        await using var server = await SdkServer.StartAsync();
        var assistant = await server.AssistantAsync();
        var thread = await server.ThreadAsync("Extract: Ada Lovelace, ada@example.com");
        var schema = BinaryData.FromString("""{"type":"object","properties":{"name":{"type":"string"},"email":{"type":"string"}},"required":["name","email"],"additionalProperties":false}""");

        await server.RunAsync(thread, assistant, new RunCreationOptions { ResponseFormat = AssistantResponseFormat.CreateJsonSchemaFormat("contact", schema, strictSchemaEnabled: true) });

        var answer = JsonDocument.Parse(await server.AnswerAsync(thread)).RootElement;
        Assert.Equal(("Ada Lovelace", "ada@example.com"), (answer.Of("name"), answer.Of("email")));
    }

    [Fact]
    public async Task Run_AboveItsOutputTokens_IsIncomplete()
    {
        await using var server = await SdkServer.StartAsync();
        var assistant = await server.AssistantAsync();
        var thread = await server.ThreadAsync("Show me a very long answer with markdown, a table and code.");
        var full = await server.RunAsync(thread, assistant);
        Assert.True(full.Usage.OutputTokenCount > 256, "The demo's long answer must be longer than the smallest limit.");

        var run = await server.RunAsync(await server.ThreadAsync("Show me a very long answer with markdown, a table and code."), assistant, new RunCreationOptions { MaxOutputTokenCount = 256 });

        Assert.Equal((RunStatus.Incomplete, RunIncompleteReason.MaxOutputTokenCount), (run.Status, run.IncompleteDetails.Reason));
        var message = await server.Assistants().GetMessagesAsync(run.ThreadId).FirstAsync();
        Assert.Equal((MessageStatus.Incomplete, MessageFailureReason.MaxTokens), (message.Status, message.IncompleteDetails.Reason));
        Assert.InRange(message.Content[0].Text.Length, 900, 1024);
    }

    [Fact]
    public async Task Run_AboveItsInputTokens_IsIncomplete()
    {
        await using var server = await SdkServer.StartAsync();
        var assistant = await server.AssistantAsync();

        var run = await server.RunAsync(await server.ThreadAsync(new string('x', 4000)), assistant, new RunCreationOptions { MaxInputTokenCount = 256 });

        Assert.Equal((RunStatus.Incomplete, RunIncompleteReason.MaxInputTokenCount), (run.Status, run.IncompleteDetails.Reason));
    }

    [Fact]
    public async Task Runs_TwoThreadsAtOnce_KeepApart()
    {
        await using var server = await SdkServer.StartAsync();
        var assistant = await server.AssistantAsync();
        var questions = Enumerable.Range(2, 12).Select(number => (Question: $"What is {number} * 100?", Answer: $"{number * 100}")).ToList();

        var runs = await Task.WhenAll(questions.Select(async pair =>
            AssistantDesk.Text(await AssistantDesk.ReadAsync(server.Assistants().CreateThreadAndRunStreamingAsync(assistant, new ThreadCreationOptions { InitialMessages = { pair.Question } })))));

        Assert.All(questions.Zip(runs), pair => Assert.Contains(pair.First.Answer, pair.Second.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WhileOneIsActive_IsRefused_AndSoIsAMessage()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var assistant = await server.AssistantAsync(AssistantDesk.Tool(DemoTools.Weather));
        var thread = await server.ThreadAsync("What is the weather in Paris?");
        var waiting = await server.RunAsync(thread, assistant);

        var second = await Wire.RefusedAsync(400, null, () => client.CreateRunAsync(thread, assistant));
        var message = await Wire.RefusedAsync(400, null, () => client.CreateMessageAsync(thread, MessageRole.User, ["more"]));

        Assert.Contains($"already has an active run {waiting.Id}", second.Message, StringComparison.Ordinal);
        Assert.Contains($"while a run {waiting.Id} is active", message.Message, StringComparison.Ordinal);
        await client.CancelRunAsync(thread, waiting.Id);
        Assert.NotNull((await client.CreateMessageAsync(thread, MessageRole.User, ["more"])).Value.Id);
    }

    [Fact]
    public async Task Run_CancelledWhileWriting_KeepsWhatIsThere()
    {
        var time = new ManualTimeProvider();
        var pace = new DemoPace(TimeSpan.Zero, 1);
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = pace, TimeProvider = time });
        var client = server.Assistants();
        var thread = await server.ThreadAsync("Show me a very long answer with markdown, a table and code.");
        await using var stream = await client.CreateRunStreamingAsync(thread, await server.AssistantAsync());
        await using var updates = ((IAsyncEnumerable<StreamingUpdate>)stream).GetAsyncEnumerator();
        string? run = null;
        while (await updates.MoveNextAsync() && updates.Current is not MessageContentUpdate)
        {
            run = (updates.Current as RunUpdate)?.Value.Id ?? run;
        }

        await client.CancelRunAsync(thread, run);

        var kinds = new List<StreamingUpdateReason>();
        while (await updates.MoveNextAsync())
        {
            kinds.Add(updates.Current.UpdateKind);
        }

        Assert.Equal(RunStatus.Cancelled, (await client.GetRunAsync(thread, run)).Value.Status);
        Assert.Equal([StreamingUpdateReason.RunCancelling, StreamingUpdateReason.RunStepCancelled, StreamingUpdateReason.RunCancelled], kinds.Where(kind => kind.ToString().StartsWith("Run", StringComparison.Ordinal)));
        var message = await client.GetMessagesAsync(thread).FirstAsync();
        Assert.Equal((MessageStatus.Incomplete, MessageFailureReason.RunCancelled), (message.Status, message.IncompleteDetails.Reason));
        Assert.NotEqual("", message.Content[0].Text);
        await Wire.RefusedAsync(400, null, () => client.CancelRunAsync(thread, run));
    }

    [Fact]
    public async Task Run_OfADeletedThread_Ends()
    {
        var time = new ManualTimeProvider();
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = new DemoPace(TimeSpan.Zero, 1), TimeProvider = time });
        var client = server.Assistants();
        var thread = await server.ThreadAsync("Show me a very long answer.");
        await using var stream = await client.CreateRunStreamingAsync(thread, await server.AssistantAsync());
        await using var updates = ((IAsyncEnumerable<StreamingUpdate>)stream).GetAsyncEnumerator();
        while (await updates.MoveNextAsync() && updates.Current is not MessageContentUpdate)
        {
        }

        await client.DeleteThreadAsync(thread);

        var last = StreamingUpdateReason.Unknown;
        while (await updates.MoveNextAsync())
        {
            last = updates.Current.UpdateKind;
        }

        Assert.Equal(StreamingUpdateReason.RunCancelled, last);
        await Wire.RefusedAsync(404, null, () => client.GetThreadAsync(thread));
    }

    [Theory]
    [InlineData("{}", 400, "assistant_id")]
    [InlineData("""{"assistant_id":"asst_unknown"}""", 404, null)]
    [InlineData("""{"assistant_id":"thread_x"}""", 400, "assistant_id")]
    [InlineData("""{"assistant_id":"ASSISTANT","model":"other"}""", 400, "model")]
    [InlineData("""{"assistant_id":"ASSISTANT","max_prompt_tokens":10}""", 400, "max_prompt_tokens")]
    [InlineData("""{"assistant_id":"ASSISTANT","max_completion_tokens":10}""", 400, "max_completion_tokens")]
    [InlineData("""{"assistant_id":"ASSISTANT","tool_choice":"sometimes"}""", 400, "tool_choice")]
    [InlineData("""{"assistant_id":"ASSISTANT","tool_choice":{"type":"function","function":{"name":"f"}}}""", 400, "tool_choice")]
    [InlineData("""{"assistant_id":"ASSISTANT","truncation_strategy":{"type":"last_messages"}}""", 400, "truncation_strategy.last_messages")]
    [InlineData("""{"assistant_id":"ASSISTANT","stream":"yes"}""", 400, "stream")]
    [InlineData("""{"assistant_id":"ASSISTANT","additional_messages":[{"role":"user"}]}""", 400, "additional_messages[0].content")]
    public async Task Create_Wrong_IsRefusedByName(string body, int status, string? param)
    {
        await using var server = await SdkServer.StartAsync();
        var thread = await server.ThreadAsync("Hello");
        var assistant = await server.AssistantAsync();

        await Wire.RefusedAsync(status, param, () => server.Assistants().CreateRunAsync(thread, Wire.Text(body.Replace("ASSISTANT", assistant, StringComparison.Ordinal))));

        Assert.Empty(await server.Assistants().GetRunsAsync(thread).ToListAsync());
    }

    [Fact]
    public async Task Runs_Listed_NewestFirst()
    {
        await using var server = await SdkServer.StartAsync();
        var assistant = await server.AssistantAsync();
        var thread = await server.ThreadAsync("Hello");
        var first = await server.RunAsync(thread, assistant);
        var second = await server.RunAsync(thread, assistant);

        Assert.Equal([second.Id, first.Id], await server.Assistants().GetRunsAsync(thread, new RunCollectionOptions { PageSizeLimit = 1 }).Select(run => run.Id).ToListAsync());
        await Wire.RefusedAsync(404, null, () => server.Assistants().GetRunAsync(thread, "run_unknown"));
    }

    private static async Task<ThreadRun> UntilAsync(AssistantClient client, ThreadRun run, Func<ThreadRun, bool> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!reached(run))
        {
            run = await client.GetRunAsync(run.ThreadId, run.Id, patience.Token);
        }

        return run;
    }
}
