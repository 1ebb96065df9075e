using System.Text.Json;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Scripted;
using BlazorAgents.Emulator.Tests.Demo;
using BlazorAgents.Emulator.Tests.VectorStores;
using BlazorAgents.Testing.Fakes;
using OpenAI.Assistants;
using OpenAI.VectorStores;

namespace BlazorAgents.Emulator.Tests.Assistants;

public sealed class RunToolTests
{
    [Fact]
    public async Task Functions_Parallel_AreAskedForTogetherAndAnsweredInAStream()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var assistant = await server.AssistantAsync(AssistantDesk.Tool(DemoTools.Weather), AssistantDesk.Tool(DemoTools.TimeIn));
        var thread = await server.ThreadAsync("What is the weather in Paris and the time in Tokyo?");

        var asked = await AssistantDesk.ReadAsync(client.CreateRunStreamingAsync(thread, assistant));
        var calls = asked.OfType<RequiredActionUpdate>().ToList();
        Assert.Equal(["get_time", "get_weather"], calls.Select(call => call.FunctionName).Order());
        Assert.Equal("Paris", JsonDocument.Parse(calls.Single(call => call.FunctionName == "get_weather").FunctionArguments).RootElement.Of("location"));
        Assert.Equal(calls.Select(call => call.FunctionArguments), Arguments(asked));
        ThreadRun waiting = await client.GetRunAsync(thread, calls[0].GetThreadRun().Id);
        Assert.Equal((RunStatus.RequiresAction, 2), (waiting.Status, waiting.RequiredActions.Count));
        Assert.Null(waiting.Usage);

        var outputs = calls.Select(call => new ToolOutput(call.ToolCallId, call.FunctionName == "get_weather" ? "18 degrees and sunny in Paris" : "It is 09:00 in Tokyo"));
        var answered = await AssistantDesk.ReadAsync(client.SubmitToolOutputsToRunStreamingAsync(thread, waiting.Id, outputs));

        Assert.Equal([StreamingUpdateReason.RunStepCompleted, StreamingUpdateReason.RunQueued, StreamingUpdateReason.RunInProgress], answered.Take(3).Select(update => update.UpdateKind));
        Assert.Contains("18 degrees", AssistantDesk.Text(answered), StringComparison.Ordinal);
        Assert.Contains("09:00", AssistantDesk.Text(answered), StringComparison.Ordinal);
        var steps = await client.GetRunStepsAsync(thread, waiting.Id, new RunStepCollectionOptions { Order = RunStepCollectionOrder.Ascending }).ToListAsync();
        Assert.Equal([RunStepKind.ToolCall, RunStepKind.CreatedMessage], steps.Select(step => step.Kind));
        Assert.Contains("18 degrees and sunny in Paris", steps[0].Details.ToolCalls.Select(call => call.FunctionOutput));
    }

    [Fact]
    public async Task Function_Polled_IsAnsweredAndRememberedInTheNextRun()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var assistant = await server.AssistantAsync(AssistantDesk.Tool(DemoTools.Weather));
        var thread = await server.ThreadAsync("What is the weather in Paris?");
        var run = await server.RunAsync(thread, assistant);

        ThreadRun queued = await client.SubmitToolOutputsToRunAsync(thread, run.Id, [new ToolOutput(run.RequiredActions[0].ToolCallId, "18 degrees")]);
        Assert.Equal(RunStatus.Queued, queued.Status);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await client.GetRunAsync(thread, run.Id, patience.Token)).Value.Status.IsTerminal)
        {
        }

        Assert.Contains("18 degrees", await server.AnswerAsync(thread), StringComparison.Ordinal);
        await client.CreateMessageAsync(thread, MessageRole.User, ["And in Rome?"]);
        var next = await server.RunAsync(thread, assistant);
        Assert.Contains("Rome", next.RequiredActions.Single().FunctionArguments, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_MissingUnknownOrLate_AreRefused()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var assistant = await server.AssistantAsync(AssistantDesk.Tool(DemoTools.Weather));
        var thread = await server.ThreadAsync("What is the weather in Paris?");
        var run = await server.RunAsync(thread, assistant);
        var call = run.RequiredActions[0].ToolCallId;

        await Wire.RefusedAsync(400, "tool_outputs", () => client.SubmitToolOutputsToRunAsync(thread, run.Id, []));
        await Wire.RefusedAsync(400, "tool_outputs", () => client.SubmitToolOutputsToRunAsync(thread, run.Id, [new ToolOutput("call_other", "x")]));
        await Wire.RefusedAsync(400, "tool_outputs[0].tool_call_id", () => client.SubmitToolOutputsToRunAsync(thread, run.Id, Wire.Text("""{"tool_outputs":[{"output":"x"}]}""")));
        await AssistantDesk.ReadAsync(client.SubmitToolOutputsToRunStreamingAsync(thread, run.Id, [new ToolOutput(call, "18 degrees")]));

        var late = await Wire.RefusedAsync(400, null, () => client.SubmitToolOutputsToRunAsync(thread, run.Id, [new ToolOutput(call, "18 degrees")]));
        Assert.Contains("completed", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatWaitsTenMinutes_Expires()
    {
        var time = new ManualTimeProvider();
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, TimeProvider = time });
        var client = server.Assistants();
        var assistant = await server.AssistantAsync(AssistantDesk.Tool(DemoTools.Weather));
        var thread = await server.ThreadAsync("What is the weather in Paris?");
        var run = await server.RunAsync(thread, assistant);
        Assert.Equal(run.CreatedAt.AddMinutes(10), run.ExpiresAt);
        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(RunStatus.RequiresAction, (await client.GetRunAsync(thread, run.Id)).Value.Status);

        time.Advance(TimeSpan.FromSeconds(1));

        await Wire.RefusedAsync(400, null, () => client.SubmitToolOutputsToRunAsync(thread, run.Id, [new ToolOutput(run.RequiredActions[0].ToolCallId, "x")]));
        Assert.Equal(RunStatus.Expired, (await client.GetRunAsync(thread, run.Id)).Value.Status);
        var step = Assert.Single(await client.GetRunStepsAsync(thread, run.Id).ToListAsync());
        Assert.Equal(RunStepStatus.Expired, step.Status);
        Assert.NotNull(step.ExpiredAt);

        // The thread is free again.
        Assert.NotNull((await client.CreateMessageAsync(thread, MessageRole.User, ["more"])).Value.Id);
    }

    [Fact]
    public async Task FileSearch_FindsCitesAndShowsItsResults()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var store = await server.StoreAsync(("vacation.md", Shelf.Vacation), ("printer.md", Shelf.Printer));
        var assistant = (await client.CreateAssistantAsync("demo-model", new AssistantCreationOptions
        {
            Tools = { ToolDefinition.CreateFileSearch(5) },
            ToolResources = new ToolResources { FileSearch = new FileSearchToolResources { VectorStoreIds = { store } } },
        })).Value.Id;
        var thread = await server.ThreadAsync("How many vacation days do employees get a year?");

        var updates = await AssistantDesk.ReadAsync(client.CreateRunStreamingAsync(thread, assistant));

        var run = AssistantDesk.LastRun(updates);
        var message = (await client.GetMessagesAsync(thread).FirstAsync()).Content[0];
        Assert.Contains("25 vacation days", message.Text, StringComparison.Ordinal);
        Assert.NotEmpty(message.TextAnnotations);
        Assert.All(message.TextAnnotations, citation => Assert.Equal(citation.TextToReplace, message.Text[citation.StartIndex..citation.EndIndex]));
        Assert.All(message.TextAnnotations, citation => Assert.Matches("^【\\d+:\\d+†vacation.md】$", citation.TextToReplace));
        var file = (await server.Client.GetOpenAIFileClient().GetFileAsync(message.TextAnnotations[0].InputFileId)).Value;
        Assert.Equal("vacation.md", file.Filename);
        var streamed = updates.OfType<MessageContentUpdate>().Select(update => update.TextAnnotation).Where(annotation => annotation is not null);
        Assert.Equal(
            message.TextAnnotations.Select(annotation => ((int?)annotation.StartIndex, (int?)annotation.EndIndex, annotation.InputFileId)),
            streamed.Select(annotation => (annotation.StartIndex, annotation.EndIndex, annotation.InputFileId)));
        Assert.Equal(message.Text, AssistantDesk.Text(updates));

        // The SDK asks for the passages when it creates a run, and so the stream shows them; a plain list does not.
        var call = updates.OfType<RunStepUpdate>().Last(update => update.Value.Details.ToolCalls is { Count: > 0 }).Value.Details.ToolCalls[0];
        Assert.Equal("vacation.md", call.FileSearchResults[0].FileName);
        Assert.Contains("25 vacation days", call.FileSearchResults[0].Content[0].Text, StringComparison.Ordinal);
        Assert.InRange(call.FileSearchResults[0].Score, 0, 1);
        var listed = (await client.GetRunStepsAsync(thread, run.Id, 10, "asc", null!, null!, null!).GetRawPagesAsync().FirstAsync()).Json();
        Assert.Equal(2, listed.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task FileSearch_WithAJsonAnswer_LeavesNoMarksInIt()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var store = await server.StoreAsync(("vacation.md", Shelf.Vacation));
        var thread = (await client.CreateThreadAsync(new ThreadCreationOptions
        {
            InitialMessages = { "How many vacation days do employees get a year?" },
            ToolResources = new ToolResources { FileSearch = new FileSearchToolResources { VectorStoreIds = { store } } },
        })).Value.Id;

        await server.RunAsync(thread, await server.AssistantAsync(ToolDefinition.CreateFileSearch()), new RunCreationOptions { ResponseFormat = AssistantResponseFormat.CreateJsonObjectFormat() });

        var message = (await client.GetMessagesAsync(thread).FirstAsync()).Content[0];
        Assert.Contains("25 vacation days", JsonDocument.Parse(message.Text).RootElement.Of("answer"), StringComparison.Ordinal);
        Assert.DoesNotContain("cite:", message.Text, StringComparison.Ordinal);
        Assert.Empty(message.TextAnnotations);
    }

    [Fact]
    public async Task FileSearch_InAnExpiredStore_FailsTheRun()
    {
        var time = new ManualTimeProvider();
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, TimeProvider = time });
        var client = server.Assistants();
        var file = await server.FileAsync("vacation.md", Shelf.Vacation);
        AssistantThread thread = await client.CreateThreadAsync(new ThreadCreationOptions
        {
            InitialMessages = { "How many vacation days do employees get?" },
            ToolResources = new ToolResources { FileSearch = new FileSearchToolResources { NewVectorStores = { new VectorStoreCreationHelper([file]) } } },
        });
        var assistant = await server.AssistantAsync(ToolDefinition.CreateFileSearch());
        time.Advance(TimeSpan.FromDays(7));

        var run = await server.RunAsync(thread.Id, assistant);

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(RunErrorCode.ServerError, run.LastError.Code);
        Assert.Contains("expired", run.LastError.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WaitsForFilesThatAreStillRead()
    {
        var time = new ManualTimeProvider();
        var step = TimeSpan.FromSeconds(20);
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, TimeProvider = time, IndexingTime = step });
        var client = server.Assistants();
        AssistantThread thread = await client.CreateThreadAsync();
        await client.CreateMessageAsync(thread.Id, MessageRole.User, ["How many vacation days do employees get?"],
            new MessageCreationOptions { Attachments = [new MessageCreationAttachment(await server.FileAsync("vacation.md", Shelf.Vacation), [ToolDefinition.CreateFileSearch()])] });
        ThreadRun run = await client.CreateRunAsync(thread.Id, await server.AssistantAsync(ToolDefinition.CreateFileSearch()));
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(RunStatus.InProgress, (await client.GetRunAsync(thread.Id, run.Id)).Value.Status);

        time.Advance(step);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await client.GetRunAsync(thread.Id, run.Id, patience.Token)).Value.Status.IsTerminal)
        {
        }

        Assert.Contains("25 vacation days", await server.AnswerAsync(thread.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CodeInterpreter_RunsItsCode_AndShowsCodeAndLogs()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var assistant = await server.AssistantAsync(ToolDefinition.CreateCodeInterpreter());
        var thread = await server.ThreadAsync("Calculate the first 5 prime numbers");

        var updates = await AssistantDesk.ReadAsync(client.CreateRunStreamingAsync(thread, assistant));

        var details = updates.OfType<RunStepDetailsUpdate>().ToList();
        var code = string.Concat(details.Select(update => update.CodeInterpreterInput));
        Assert.Contains("print(primes)", code, StringComparison.Ordinal);
        Assert.Equal(["[2, 3, 5, 7, 11]\n"], details.SelectMany(update => update.CodeInterpreterOutputs ?? []).Select(output => output.Logs));
        var steps = await client.GetRunStepsAsync(thread, AssistantDesk.LastRun(updates).Id, new RunStepCollectionOptions { Order = RunStepCollectionOrder.Ascending }).ToListAsync();
        var call = Assert.Single(steps[0].Details.ToolCalls);
        Assert.Equal((RunStepToolCallKind.CodeInterpreter, code), (call.Kind, call.CodeInterpreterInput));
        Assert.Equal("[2, 3, 5, 7, 11]\n", Assert.Single(call.CodeInterpreterOutputs).Logs);
        Assert.Contains("11", AssistantDesk.Text(updates), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CodeInterpreter_ReadsAttachedFiles()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        AssistantThread thread = await client.CreateThreadAsync();
        var file = await server.FileAsync("numbers.txt", "4 8 15");
        await client.CreateMessageAsync(thread.Id, MessageRole.User, ["Run this code:\n```python\nprint(sum(int(n) for n in open('numbers.txt').read().split()))\n```"],
            new MessageCreationOptions { Attachments = [new MessageCreationAttachment(file, [ToolDefinition.CreateCodeInterpreter()])] });

        var run = await server.RunAsync(thread.Id, await server.AssistantAsync(ToolDefinition.CreateCodeInterpreter()));

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Contains("27", await server.AnswerAsync(thread.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CodeInterpreter_ThatWritesAFile_LinksIt()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var thread = await server.ThreadAsync("Run this code:\n```python\nf = open('out.csv', 'w')\nf.write('a,b')\nf.close()\nprint('done')\n```");

        await server.RunAsync(thread, await server.AssistantAsync(ToolDefinition.CreateCodeInterpreter()));

        var message = (await client.GetMessagesAsync(thread).FirstAsync()).Content[0];
        var link = Assert.Single(message.TextAnnotations);
        Assert.Equal(("sandbox:/mnt/data/out.csv", "sandbox:/mnt/data/out.csv"), (link.TextToReplace, message.Text[link.StartIndex..link.EndIndex]));
        Assert.Equal("a,b", (await server.Client.GetOpenAIFileClient().DownloadFileAsync(link.OutputFileId)).Value.ToString());
    }

    [Fact]
    public async Task CodeInterpreter_ThatDraws_PutsThePictureIntoTheMessage()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var thread = await server.ThreadAsync("Plot a chart of the numbers 3, 1, 2");

        var updates = await AssistantDesk.ReadAsync(client.CreateRunStreamingAsync(thread, await server.AssistantAsync(ToolDefinition.CreateCodeInterpreter())));

        var message = await client.GetMessagesAsync(thread).FirstAsync();
        var picture = message.Content[0].ImageFileId;
        Assert.Equal(AssistantDesk.Text(updates), message.Content[1].Text);
        Assert.Equal(picture, updates.OfType<MessageContentUpdate>().First().ImageFileId);
        Assert.Equal(picture, updates.OfType<RunStepDetailsUpdate>().SelectMany(update => update.CodeInterpreterOutputs ?? []).Last().ImageFileId);
        var files = server.Client.GetOpenAIFileClient();
        Assert.Equal(OpenAI.Files.FilePurpose.AssistantsOutput, (await files.GetFileAsync(picture)).Value.Purpose);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await files.DownloadFileAsync(picture)).Value.ToArray()[..4]);
    }

    [Fact]
    public async Task Run_WithAScript_IsAnsweredByTheScript()
    {
        var script = new ScriptedProvider()
            .Enqueue(ScriptedReply.Stream().ToolCall("call_1", "lookup", """{"id":7}""").Finish())
            .Enqueue(ScriptedReply.Answer("Seven is a fine number."));
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Brain = script, Pace = DemoPace.Instant });
        var client = server.Assistants();
        var assistant = await server.AssistantAsync(ToolDefinition.CreateFunction("lookup", "Looks up"));
        var thread = await server.ThreadAsync("What about 7?");
        var run = await server.RunAsync(thread, assistant);

        var updates = await AssistantDesk.ReadAsync(client.SubmitToolOutputsToRunStreamingAsync(thread, run.Id, [new ToolOutput("call_1", "seven")]));

        Assert.Equal("""{"id":7}""", run.RequiredActions[0].FunctionArguments);
        Assert.Equal("Seven is a fine number.", AssistantDesk.Text(updates));
    }

    [Theory]
    [InlineData(429, "rate_limit_exceeded")]
    [InlineData(500, "server_error")]
    public async Task Run_WhoseModelFails_SaysSo(int status, string code)
    {
        var script = new ScriptedProvider().Enqueue(ScriptedReply.Error(status, "The model is ill."));
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Brain = script, Pace = DemoPace.Instant });
        var assistant = await server.AssistantAsync();

        var run = await server.RunAsync(await server.ThreadAsync("Hello"), assistant);

        Assert.Equal((RunStatus.Failed, code, "The model is ill."), (run.Status, run.LastError.Code.ToString(), run.LastError.Message));
        Assert.NotNull(run.FailedAt);
    }

    private static List<string> Arguments(IEnumerable<StreamingUpdate> updates) =>
        [.. updates.OfType<RunStepDetailsUpdate>().GroupBy(update => update.ToolCallIndex).Select(call => string.Concat(call.Select(update => update.FunctionArguments)))];
}
