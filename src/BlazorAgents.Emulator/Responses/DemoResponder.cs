using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Responses.Hosted;
using BlazorAgents.Emulator.Responses.Mcp;
using BlazorAgents.Emulator.Wire;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Emulator.Responses;

/// <summary>Lets the demo's rules write a response: reasoning, calls of hosted tools, function calls, and the answer.</summary>
internal sealed partial class DemoResponder(HostedToolbox toolbox, DemoPace pace, TimeProvider time, ILogger logger)
{
    private const int MostRounds = 8;

    /// <summary>Writes the response to its end, whatever happens. Cancellation ends it as cancelled.</summary>
    public async Task RespondAsync(ResponseRun run, CancellationToken ct)
    {
        try
        {
            run.Start();
            await WriteAsync(run, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            run.Finish("cancelled");
        }
        catch (ApiErrorException e)
        {
            run.Finish("failed", error: ("server_error", e.Error.Message));
        }
        catch (Exception e)
        {
            LogFailure(e, run.Id);
            run.Finish("failed", error: ("server_error", "The server had an error while processing your request."));
        }
    }

    /// <summary>The request as the demo's rules read it.</summary>
    public static ChatRequest Translate(ResponseRequest request, IReadOnlyList<ChatTurn> turns, IReadOnlyList<IHostedTool> hosted)
    {
        var (choice, allowed) = (request.Choice, request.Choice.Allowed);
        List<ToolSpec> tools = choice.None ? [] :
        [
            .. hosted.Where(tool => allowed?.Contains(tool.Kind) ?? choice.Hosted is null || choice.Hosted == tool.Kind).Select(tool => tool.Spec),
            .. request.Tools.Functions.Where(tool => allowed?.Contains(tool.Name) ?? choice.Hosted is null),
        ];
        return new ChatRequest
        {
            Model = request.Model,
            Messages = turns,
            Tools = tools,
            MustCallTool = choice.Required || choice.Hosted is not null,
            ForcedTool = tools.FirstOrDefault(tool => tool.Name == (choice.Function ?? choice.McpTool ?? choice.Hosted))?.Name,
            ParallelCalls = request.ParallelCalls,
            Schema = request.Schema,
            JsonObject = request.JsonObject,
            MaxTokens = request.MaxOutputTokens,
        };
    }

    private async Task WriteAsync(ResponseRun run, CancellationToken ct)
    {
        var request = run.Request;
        var writer = new MessageWriter(run, pace, time);
        await writer.PauseAsync(pace.FirstToken, ct);
        var marks = new CitationMarks();
        var remote = await toolbox.Mcp.OpenAsync(run, ct);
        var decided = await McpServers.DecideAsync(run, remote, ct);
        IReadOnlyList<IHostedTool> tools = [.. toolbox.Open(request, marks, (piece, stop) => writer.PauseAsync(pace.For(piece), stop)), .. remote];
        var hosted = tools.DistinctBy(tool => tool.Spec.Name).ToDictionary(tool => tool.Spec.Name);
        var callsLeft = request.MaxToolCalls ?? int.MaxValue;
        List<ChatTurn> turns = [.. TurnBuilder.Build(request.Instructions, run.History.Concat(run.Input)), .. decided];
        var usage = new ResponseUsage(0, 0, 0);
        for (var round = 0; round < MostRounds; round++)
        {
            var chat = Translate(request, turns, callsLeft > 0 ? tools : []);
            var answer = DemoRules.Answer(chat, time);
            usage = Count(usage, chat, answer);
            if (request.ReasoningSummary || request.Include.Contains("reasoning.encrypted_content"))
            {
                var summary = request.ReasoningSummary ? ReasoningNote.For(answer, round) : "";
                await writer.WriteReasoningAsync(summary, ct);
                usage = usage with { Output = usage.Output + Tokens.Count(summary), Reasoning = usage.Reasoning + Tokens.Count(summary) };
            }

            var (served, left) = (answer.Calls.Where(call => hosted.ContainsKey(call.Name)).ToList(), answer.Calls.Where(call => !hosted.ContainsKey(call.Name)).ToList());
            var goesOn = served.Count > 0 && left.Count == 0;
            foreach (var call in served.Take(callsLeft))
            {
                callsLeft--;
                var result = await hosted[call.Name].RunAsync(run, call, ct);
                goesOn &= result is not null;
                turns.Add(TurnBuilder.Call(call.Id, call.Name, call.Arguments));
                turns.Add(TurnBuilder.Result(call.Id, result ?? ""));
            }

            foreach (var call in left)
            {
                await writer.WriteCallAsync(call, ct);
            }

            if (answer.Calls.Count == 0)
            {
                var text = request.Schema is null && !request.JsonObject ? marks.Resolve(answer.Text) : CitedText.Plain(CitationMarks.Strip(answer.Text));
                await WriteAnswerAsync(run, writer, text, usage, ct);
                return;
            }

            if (!goesOn)
            {
                break;
            }
        }

        run.Finish("completed", usage);
    }

    private static async Task WriteAnswerAsync(ResponseRun run, MessageWriter writer, CitedText text, ResponseUsage usage, CancellationToken ct)
    {
        var most = (long?)run.Request.MaxOutputTokens * Tokens.CharactersEach ?? int.MaxValue;
        var cutOff = text.Text.Length > most;
        var shown = text.Cut((int)Math.Min(most, int.MaxValue));
        await writer.WriteTextAsync(shown, cutOff, ct);
        usage = usage with { Output = Math.Max(1, usage.Output - Tokens.Count(text.Text) + Tokens.Count(shown.Text)) };
        run.Finish(cutOff ? "incomplete" : "completed", usage, incompleteReason: cutOff ? "max_output_tokens" : null);
    }

    private static ResponseUsage Count(ResponseUsage usage, ChatRequest chat, DemoAnswer answer) => usage with
    {
        Input = Tokens.Count(chat),
        Output = usage.Output + Math.Max(1, Tokens.Count(answer.Text) + answer.Calls.Sum(call => Tokens.Count(call.Name) + Tokens.Count(call.Arguments))),
    };

    [LoggerMessage(LogLevel.Error, "Response {Id} failed in the emulator")]
    private partial void LogFailure(Exception exception, string id);
}
