using System.Text.Json;
using System.Threading.Channels;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>Runs of a thread and their steps, plain or streamed.</summary>
internal static class RunsEndpoint
{
    private const string Content = "step_details.tool_calls[*].file_search.results[*].content";

    /// <summary>Null for a path that is neither a run nor one of its steps.</summary>
    public static Task? Answer(Exchange exchange, IBrain brain, string[] path)
    {
        var store = AssistantServer.Of(exchange).Store;
        switch (exchange.Method, path)
        {
            case ("POST", ["threads", "runs"]):
                return CreateWithThreadAsync(exchange, brain);
            case ("POST", ["threads", var id, "runs"]):
                return CreateAsync(exchange, brain, id);
            case ("POST", ["threads", var id, "runs", var runId, "submit_tool_outputs"]):
                return SubmitAsync(exchange, brain, id, runId);
            case (_, ["threads", "runs"] or ["threads", _, "runs", _, "submit_tool_outputs"]):
                throw new ApiErrorException(ApiError.MethodNotAllowed(exchange));
        }

        object? result;
        lock (store.Gate)
        {
            result = (exchange.Method, path) switch
            {
                ("GET", ["threads", var id, "runs"]) => ListQuery.Read(exchange.Http.Request).Page(store.GetThread(id).Runs.Values.Select(store.Refresh), run => run.Id, run => run.Shape),
                ("GET", ["threads", var id, "runs", var runId]) => store.GetRun(store.GetThread(id), runId).Shape,
                ("POST", ["threads", var id, "runs", var runId]) => Modify(store.GetRun(store.GetThread(id), runId), WireJson.ParseObject(exchange.Body)),
                ("POST", ["threads", var id, "runs", var runId, "cancel"]) => Cancel(store, store.GetRun(store.GetThread(id), runId)),
                ("GET", ["threads", var id, "runs", var runId, "steps"]) => ListSteps(exchange, store.GetRun(store.GetThread(id), runId)),
                ("GET", ["threads", var id, "runs", var runId, "steps", var stepId]) => GetStep(store.GetRun(store.GetThread(id), runId), stepId).Shape(WantsContent(exchange.Http.Request)),
                (_, ["threads", _, "runs"] or ["threads", _, "runs", _] or ["threads", _, "runs", _, "cancel" or "steps"] or ["threads", _, "runs", _, "steps", _]) => throw new ApiErrorException(ApiError.MethodNotAllowed(exchange)),
                _ => null,
            };
        }

        return result is null ? null : WireJson.WriteAsync(exchange, result);
    }

    private static Task CreateAsync(Exchange exchange, IBrain brain, string threadId)
    {
        var store = AssistantServer.Of(exchange).Store;
        var body = WireJson.ParseObject(exchange.Body);
        AssistantThread thread;
        lock (store.Gate)
        {
            thread = store.GetThread(threadId);
        }

        var settings = ReadSettings(exchange, body, brain);
        var messages = NewMessage.ReadMany(body, "additional_messages", exchange.State.Files);
        return StartAsync(exchange, brain, body, thread, settings, messages, announcesThread: false);
    }

    private static Task CreateWithThreadAsync(Exchange exchange, IBrain brain)
    {
        var body = WireJson.ParseObject(exchange.Body);
        var settings = ReadSettings(exchange, body, brain);
        var thread = ThreadsEndpoint.Create(exchange, body.Member("thread") ?? default);
        return StartAsync(exchange, brain, body, thread, settings, [], announcesThread: true);
    }

    private static RunSettings ReadSettings(Exchange exchange, JsonElement body, IBrain brain)
    {
        var id = body.Text("assistant_id") ?? throw new ApiErrorException(ApiError.Missing("assistant_id"));
        var store = AssistantServer.Of(exchange).Store;
        Assistant assistant;
        lock (store.Gate)
        {
            assistant = store.GetAssistant(id);
        }

        return RunSettings.Read(body, assistant, exchange.State, brain.Knows);
    }

    private static Task StartAsync(Exchange exchange, IBrain brain, JsonElement body, AssistantThread thread, RunSettings settings, IReadOnlyList<NewMessage> messages, bool announcesThread)
    {
        var store = AssistantServer.Of(exchange).Store;
        var streams = body.Flag("stream", false);
        ChannelReader<RunEvent>? events = null;
        object shape;
        lock (store.Gate)
        {
            if (store.ActiveRun(thread) is { } active)
            {
                throw new ApiErrorException(new ApiError(400, $"Thread {thread.Id} already has an active run {active.Id}."));
            }

            foreach (var message in messages)
            {
                store.AddMessage(thread, message);
            }

            store.Reserve(thread, exchange.Body.Length);
            var run = new Run(WireId.New("run"), thread, settings, store.Now) { ShowsContent = WantsContent(exchange.Http.Request) };
            thread.Runs.Add(run.Id, run);
            events = streams ? run.Watch() : null;
            if (announcesThread)
            {
                run.Publish("thread.created", () => thread.Shape);
            }

            run.Publish("thread.run.created", () => run.Shape);
            run.Move("queued");
            shape = run.Shape;
            AssistantServer.Of(exchange).Runs.Start(run, Brain(exchange, brain));
        }

        return events is null ? WireJson.WriteAsync(exchange, shape) : RunStream.WriteAsync(exchange, events);
    }

    private static Task SubmitAsync(Exchange exchange, IBrain brain, string threadId, string runId)
    {
        var store = AssistantServer.Of(exchange).Store;
        var body = WireJson.ParseObject(exchange.Body);
        var outputs = ReadOutputs(body);
        var streams = body.Flag("stream", false);
        ChannelReader<RunEvent>? events;
        object shape;
        lock (store.Gate)
        {
            var run = store.GetRun(store.GetThread(threadId), runId);
            if (run.Status != "requires_action")
            {
                throw new ApiErrorException(new ApiError(400, $"Runs in status \"{run.Status}\" do not accept tool outputs."));
            }

            var waiting = run.Waiting.ToList();
            if (!waiting.Select(call => call.Call.Id).ToHashSet().SetEquals(outputs.Keys))
            {
                throw new ApiErrorException(ApiError.Invalid("tool_outputs",
                    $"Expected tool outputs for call_ids [{Quote(waiting.Select(call => call.Call.Id))}], got [{Quote(outputs.Keys)}]", null));
            }

            store.Reserve(run.Thread, outputs.Values.Sum(output => output.Length));
            events = streams ? run.Watch() : null;
            waiting.ForEach(call => call.Output = outputs[call.Call.Id]);
            foreach (var step in run.Steps.Values.Where(step => step.IsOpen))
            {
                step.End("completed", store.Now);
                run.Publish("thread.run.step.completed", () => step.Shape(run.ShowsContent));
            }

            run.Move("queued");
            shape = run.Shape;
            AssistantServer.Of(exchange).Runs.Start(run, Brain(exchange, brain));
        }

        return events is null ? WireJson.WriteAsync(exchange, shape) : RunStream.WriteAsync(exchange, events);
    }

    private static Dictionary<string, string> ReadOutputs(JsonElement body)
    {
        if (body.Member("tool_outputs") is not { } given)
        {
            throw new ApiErrorException(ApiError.Missing("tool_outputs"));
        }

        if (given.ValueKind != JsonValueKind.Array)
        {
            throw new ApiErrorException(ApiError.WrongType("tool_outputs", "an array of objects"));
        }

        var outputs = new Dictionary<string, string>();
        foreach (var (index, output) in given.EnumerateArray().Index())
        {
            var id = output.Text("tool_call_id") ?? throw new ApiErrorException(ApiError.Missing($"tool_outputs[{index}].tool_call_id"));
            outputs[id] = output.Text("output") ?? "";
        }

        return outputs;
    }

    private static object Modify(Run run, JsonElement body)
    {
        run.Metadata = KeyValues.Metadata(body);
        return run.Shape;
    }

    private static object Cancel(AssistantStore store, Run run)
    {
        switch (run.Status)
        {
            case "requires_action":
                run.End("cancelled", store.Now);
                break;
            case "queued" or "in_progress":
                run.Move("cancelling");
                run.Work?.Cancel();
                break;
            default:
                throw new ApiErrorException(new ApiError(400, $"Cannot cancel run with status '{run.Status}'."));
        }

        return run.Shape;
    }

    private static object ListSteps(Exchange exchange, Run run)
    {
        var withContent = WantsContent(exchange.Http.Request);
        return ListQuery.Read(exchange.Http.Request).Page(run.Steps.Values, step => step.Id, step => step.Shape(withContent));
    }

    private static RunStep GetStep(Run run, string id) => run.Steps.GetValueOrDefault(Parameters.RequirePrefix("step_id", id, "step_"))
        ?? throw new ApiErrorException(new ApiError(404, $"No run step found with id '{id}'."));

    private static bool WantsContent(HttpRequest request) =>
        request.Query.Where(pair => pair.Key == "include" || pair.Key.StartsWith("include[", StringComparison.Ordinal)).Any(pair => pair.Value.Contains(Content));

    private static RunBrain Brain(Exchange exchange, IBrain brain) => new(brain, exchange.Time, AssistantServer.Of(exchange).Services);

    private static string Quote(IEnumerable<string> ids) => string.Join(", ", ids.Select(id => $"'{id}'"));
}
