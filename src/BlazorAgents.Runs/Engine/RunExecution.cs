using System.Diagnostics;
using BlazorAgents.Agents;
using BlazorAgents.Data;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Runs;

/// <summary>Carries out one claimed run, from its first model call to its stored end.</summary>
public sealed partial class RunExecution(
    RunStore store,
    RunMemory memory,
    RunCaller callers,
    ToolGrants grants,
    HostedToolCatalog hostedTools,
    HostedToolRules hostedRules,
    GateServices gates,
    Database database,
    AgentCatalog agents,
    IModelConnections connections,
    IServiceScopeFactory scopes,
    IOptions<RunsOptions> options,
    TimeProvider time,
    ILogger<RunExecution> logger,
    ILoggerFactory loggers)
{
    internal const string ContinueInstruction = "Continue your previous answer exactly where it stopped. Do not repeat any of it and do not comment on this.";

    // Half a JSON document cannot be gone on with: it is written again.
    internal const string RewriteInstruction = "Your previous answer was cut off. Give the whole answer again, from its beginning.";

    private static readonly TimeSpan[] s_resumeDelays = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(25)];

    /// <summary>Returns when the run's end is stored, whatever it is, or when another process holds the run.</summary>
    internal async Task RunAsync(RunClaim claim, RunView view, RunStop stop)
    {
        await using var recorder = new RunRecorder(store, claim, view, options.Value, time, stop);
        try
        {
            var end = await AnswerAsync(claim, recorder, stop);
            if (stop.Reason is not RunStopReason.LeaseLost)
            {
                await recorder.EndAsync(end);
                return;
            }
        }
        catch (LeaseLostException)
        {
            // Told below.
        }

        LogLeaseLost(claim.Run.Id);
    }

    /// <summary>How the answer ended.</summary>
    private async Task<Func<RunState, RunState>> AnswerAsync(RunClaim claim, RunRecorder recorder, RunStop stop)
    {
        try
        {
            var status = await StreamAsync(claim, recorder, stop);
            return state => state with { Status = status };
        }
        catch (Exception exception) when (stop.Token.IsCancellationRequested && exception is not LeaseLostException)
        {
            return state => Stopped(state, stop.Reason);
        }
        catch (Exception exception) when (exception is not LeaseLostException)
        {
            var correlationId = Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N");
            LogFailed(exception, claim.Run.Id, correlationId);
            return state => Failed(state, exception, recorder.HasText, correlationId);
        }
    }

    /// <summary>The status that the run has afterwards. What people decided is not lost to a moment's fault: until the first call begins, going on is tried again.</summary>
    private async Task<RunStatus> StreamAsync(RunClaim claim, RunRecorder recorder, RunStop stop)
    {
        var isDecided = DecidedCalls.FindOpen(claim.Items).Any(call => call.RequestId is not null);
        foreach (var delay in isDecided ? s_resumeDelays : [])
        {
            try
            {
                return await StreamAsync(claim, recorder, stop.Token);
            }
            catch (Exception exception) when (MayPass(exception) && !recorder.HasBegun && !stop.Token.IsCancellationRequested)
            {
                LogResumeFailed(exception, claim.Run.Id, delay);
                await Task.Delay(delay, time, stop.Token);
            }
        }

        return await StreamAsync(claim, recorder, stop.Token);
    }

    private static bool MayPass(Exception exception) => exception is not (LeaseLostException or AgentException { IsTransient: false });

    /// <summary>The status that the run has afterwards.</summary>
    private async Task<RunStatus> StreamAsync(RunClaim claim, RunRecorder recorder, CancellationToken cancellationToken)
    {
        var decided = await DecidedCalls.ReadAsync(database, claim, cancellationToken);
        if (decided is { StopsRun: true })
        {
            foreach (var call in decided.Calls)
            {
                var outcome = call.Decision.IsAnswer ? ToolOutcome.Answered : ToolOutcome.Refused;
                await recorder.ApplyAsync(
                    new AgentUpdate.ToolCallFinished(call.CallId, call.ToolName, call.Decision.ModelText ?? HistoryBuilder.Undecided, outcome, TimeSpan.Zero), cancellationToken);
            }

            return RunStatus.Stopped;
        }

        var caller = await callers.ReadAsync(claim.UserId, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var definition = agents.Find(claim.Run.AgentId)
            ?? throw new AgentException(AgentErrorKind.BadResponse, "This conversation's agent no longer exists. Start a new chat with another agent.");
        var chosen = agents.Choose(definition, ToolChoice.FromJson(claim.Run.ToolChoice));
        var granted = await grants.GrantAsync(definition, chosen, caller, cancellationToken);
        var (tools, leftOut) = await hostedRules.ApplyAsync([.. granted.Own, .. ToolsOf(claim.Run)], granted.Added, claim, definition, caller, cancellationToken);
        foreach (var notice in leftOut)
        {
            await recorder.AddNoticeAsync(notice, cancellationToken);
        }

        var agent = new ChatAgent(
            await connections.OpenAsync(claim.Run.ReadConnection(), claim.Run.ModelId, cancellationToken),
            new ChatAgentOptions
            {
                Name = definition.Name,
                Instructions = definition.Instructions,
                Tools = tools,
                Temperature = definition.Temperature,
                ResponseFormat = definition.ResponseFormat,
            },
            time,
            scope.ServiceProvider,
            loggers.CreateLogger<ChatAgent>());

        // A run that had said something was cut off and goes on; without, it answers its message. One that waited for people goes on with
        // what they decided.
        var isContinued = decided is not null || HistoryBuilder.ToMessages(claim.Items.Select(ItemProjection.ReadPayload)).Count > 0;
        var instruction = ContinueInstruction;
        if (isContinued && decided is null && definition.ResponseFormat is not null)
        {
            await recorder.WithdrawTextAsync(cancellationToken);
            (isContinued, instruction) = (claim.Items.Any(item => item.Kind is ItemKind.FunctionCall), RewriteInstruction);
        }

        var (thread, before) = await memory.OpenAsync(
            claim.Run, isContinued ? claim.Run.Id : claim.ParentRunId, isResumed: decided is not null, cancellationToken);
        var message = decided?.ToMessage() ?? new ChatMessage(ChatRole.User, isContinued ? instruction : claim.Message);
        var knownId = thread.ServiceThreadId;
        var isWhole = false;
        var status = RunStatus.Completed;
        try
        {
            var runOptions = new AgentRunOptions
            {
                ModelId = claim.Run.ModelId,
                Tools = granted.Added,
                Caller = caller,
                UsedTokens = decided is null ? 0 : claim.Run.InputTokens + claim.Run.OutputTokens,
                Gate = new RunGate(claim, definition with { Tools = chosen.All }, caller, () => recorder.Text, recorder.Began, gates, scope.ServiceProvider),
            };
            await foreach (var update in agent.RunStreamingAsync([.. before, message], thread, runOptions, cancellationToken))
            {
                await recorder.ApplyAsync(update, cancellationToken);
                status = update is AgentUpdate.Finished { Reason: AgentFinishReason.AwaitingApproval } ? RunStatus.AwaitingApproval : status;
            }

            isWhole = true;
            return status;
        }
        catch (AgentException lost) when (lost.Kind is AgentErrorKind.ThreadNotFound && knownId is not null)
        {
            await memory.ForgetServiceThreadAsync(claim.Run.ConversationId, knownId, CancellationToken.None);
            throw new AgentException(
                AgentErrorKind.ThreadNotFound,
                "The provider no longer has this conversation. Nothing is lost: try again, and all of it is sent to a new one.",
                lost);
        }
        finally
        {
            // A chain of answers stands at its last whole one: what was cut off is not in it, so the next answer gets everything anew.
            if (thread is { MessageStore: null, ServiceThreadId: { } id } && (isWhole || !RunMemory.IsChain(id)))
            {
                recorder.SetServiceThread(id, thread.Serialize());
            }
            else if (decided is not null && recorder.HasBegun)
            {
                recorder.SetServiceThread(null, null); // in it the calls still wait, though they have begun
            }
        }
    }

    private IEnumerable<AITool> ToolsOf(Run run) => run.ReadConnection().HostedTools.Select(hostedTools.Create).OfType<AITool>();

    private static RunState Stopped(RunState state, RunStopReason reason) => reason is RunStopReason.Shutdown
        ? state with
        {
            Status = RunStatus.Interrupted,
            ErrorMessage = "The server was shut down while this answer was being written. What came before is kept.",
        }
        : state with { Status = RunStatus.Stopped };

    private static RunState Failed(RunState state, Exception exception, bool hasText, string correlationId)
    {
        var error = exception as AgentException;
        return state with
        {
            Status = hasText && error is ({ BrokeMidStream: true } or { IsTransient: true }) ? RunStatus.Interrupted : RunStatus.Failed,
            ErrorKind = error?.Kind.ToString(),
            ErrorMessage = error?.Message ?? "Something went wrong inside the server while this answer was being written. Try again; if it stays, give the id below to your administrator.",
            CorrelationId = correlationId,
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} was taken over by another process; it goes on there")]
    private partial void LogLeaseLost(Guid runId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} could not go on with what people decided; it is tried again in {Delay}")]
    private partial void LogResumeFailed(Exception exception, Guid runId, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} failed; correlation id {CorrelationId}")]
    private partial void LogFailed(Exception exception, Guid runId, string correlationId);
}
