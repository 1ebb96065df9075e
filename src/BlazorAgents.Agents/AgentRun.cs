using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Agents.Structured;
using BlazorAgents.Agents.ToolLoop;
using BlazorAgents.Agents.Tools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>One run of an agent: model call, tools, model call, until an answer, a limit, a fault or a stop.</summary>
internal sealed class AgentRun
{
    private readonly AgentRuntime _runtime;
    private readonly AgentThread? _thread;
    private readonly Exchange _exchange;
    private readonly ToolLoopOptions _limits;
    private readonly LoopGuard _guard;
    private readonly ToolCatalog _catalog;
    private readonly ToolInvoker _invoker;
    private readonly ToolStage _stage;
    private readonly HostedCalls _hosted;
    private readonly List<ToolCall> _decided;
    private readonly ChatOptions _chatOptions;
    private readonly AnswerReview? _review;
    private readonly HashSet<string> _callIds = new(StringComparer.Ordinal);
    private ModelStep? _current;

    public AgentRun(AgentRuntime runtime, IReadOnlyList<ChatMessage> input, AgentThread? thread, AgentRunOptions options)
    {
        var isStored = IsStored(thread, options.Store);
        _runtime = runtime;
        _thread = thread ?? (isStored ? new AgentThread() : null); // the steps of one run share a stored thread even if nobody keeps it
        (_decided, var rest) = WaitingCalls.Read(input);
        _exchange = new Exchange(rest, _decided, _thread, isStored);
        _limits = options.Limits ?? runtime.Options.Limits;
        _guard = new LoopGuard(_limits, options.UsedTokens);
        _catalog = new ToolCatalog(runtime.Options.Tools, options.Tools);
        _invoker = new ToolInvoker(_catalog, _limits, runtime.Time, runtime.Services, options.Caller, runtime.Logger);
        var gate = options.Gate ?? AttributeGate.Instance;
        _stage = new ToolStage(_invoker, gate, runtime.Time);
        _hosted = new HostedCalls(gate, _limits.MaxResultLength, runtime.Time);
        _chatOptions = new ChatOptions
        {
            Instructions = runtime.Options.Instructions,
            ModelId = options.ModelId ?? runtime.Options.ModelId,
            Temperature = options.Temperature ?? runtime.Options.Temperature,
            MaxOutputTokens = options.MaxTokens ?? runtime.Options.MaxTokens,
            TopP = options.TopP ?? runtime.Options.TopP,
            Tools = _catalog.Tools.Count == 0 ? null : [.. _catalog.Tools],
        };
        _chatOptions.SetStore(isStored);
        _chatOptions.SetAgentName(runtime.Options.Name);
        if ((options.ResponseFormat ?? runtime.Options.ResponseFormat) is { } format)
        {
            format.Apply(_chatOptions);
            _review = new AnswerReview(format, _limits.MaxRepairs);
        }
    }

    /// <summary>The messages that the run added so far.</summary>
    public IReadOnlyList<ChatMessage> AddedMessages => _exchange.Added;

    /// <summary>The answer in the form that was asked for; null without one and until there is one.</summary>
    public StructuredAnswer? Answer => _review?.Answer;

    /// <summary>The text of the last model call.</summary>
    public string LastText { get; private set; } = "";

    /// <summary>The model refused instead of answering.</summary>
    public bool IsRefusal { get; private set; }

    /// <summary>Tokens of all model calls so far.</summary>
    public UsageDetails Usage { get; } = new();

    public async IAsyncEnumerable<AgentUpdate> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var wall = new CancellationTokenSource(_limits.MaxWallTime, _runtime.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, wall.Token);
        await _exchange.LoadAsync(cancellationToken);
        try
        {
            await foreach (var update in LoopAsync(wall.Token, either.Token, cancellationToken))
            {
                yield return update;
            }
        }
        finally
        {
            await either.CancelAsync(); // a reader that left early leaves no tool running
            await SaveInterruptedAsync(cancellationToken.IsCancellationRequested);
            await _hosted.EndAsync();
        }
    }

    private async IAsyncEnumerable<AgentUpdate> LoopAsync(
        CancellationToken wallTime, CancellationToken either, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_decided.Count > 0)
        {
            await foreach (var update in CarryOutDecidedAsync(either))
            {
                yield return update;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (_decided.Any(call => call.Waits))
            {
                yield return await PauseAsync(modelId: null);
                yield break;
            }

            _exchange.CloseCalls("The run was stopped.", goesOn: true);
        }

        for (var number = 1 + _guard.Recall(_exchange.EarlierInAnswer); ; number++)
        {
            yield return new AgentUpdate.StepStarted(number);
            var step = _current = new ModelStep(_runtime.Client, _callIds);
            _chatOptions.ConversationId = _thread?.ServiceThreadId;
            await foreach (var update in AskModelAsync(step, either))
            {
                yield return update;
            }

            Record(step);
            cancellationToken.ThrowIfCancellationRequested();
            if (step.Fault is null && _exchange.HasLostThread)
            {
                throw new AgentException(
                    AgentErrorKind.BadResponse,
                    "This agent's client keeps no threads on the provider's side, so nothing would be remembered. Use a thread of this application, or another client type.");
            }

            var limit = FindLimit(number, step, wallTime);
            var runsTools = limit is null && WantsTools(step);
            if (runsTools)
            {
                await foreach (var update in RunCallsAsync(step.Calls, either))
                {
                    yield return update;
                }

                cancellationToken.ThrowIfCancellationRequested();
                limit = wallTime.IsCancellationRequested ? _guard.WallTime() : null;
                if (limit is null && step.Calls.Any(call => call.Waits))
                {
                    yield return await PauseAsync(step.ModelId);
                    yield break;
                }
            }

            var isLast = !runsTools || limit is not null;
            if (isLast && limit is null && _review?.Reject(step) is { } rejected)
            {
                _exchange.Reject(AnswerReview.Feedback(rejected.Errors));
                isLast = false;
                yield return rejected;
            }

            await foreach (var update in CloseAsync(step, limit, isLast))
            {
                yield return update;
            }

            if (isLast)
            {
                yield break;
            }
        }
    }

    /// <summary>One model call. The provider's calls that were allowed before end with it, whatever becomes of it.</summary>
    private async IAsyncEnumerable<AgentUpdate> AskModelAsync(ModelStep step, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in step.StreamAsync(_exchange.ForNextCall(), _chatOptions.Clone(), cancellationToken))
        {
            if (update is AgentUpdate.HostedToolChanged { Call: { Kind: HostedToolKind.McpTools } list })
            {
                _catalog.Learn(list);
            }

            if (await _hosted.ReadAsync(update) is { } news)
            {
                yield return news;
            }
        }

        foreach (var end in await _hosted.EndAsync())
        {
            yield return end;
        }
    }

    private static bool IsStored(AgentThread? thread, bool? asked)
    {
        var isServiceThread = thread is { MessageStore: null };
        return isServiceThread && asked == false
            ? throw new ArgumentException(
                "A thread on the provider's side needs stored answers: leave Store unset, or use a thread of this application.", nameof(asked))
            : asked ?? isServiceThread;
    }

    private static bool WantsTools(ModelStep step) =>
        step is { Fault: null, Calls.Count: > 0 } && step.FinishReason != ChatFinishReason.ContentFilter;

    /// <summary>The limit that ends the run after a model call. An answer that is complete is never cut by the clock.</summary>
    private AgentUpdate.LimitReached? FindLimit(int number, ModelStep step, CancellationToken wallTime)
    {
        if (wallTime.IsCancellationRequested && (step.Fault is not null || step.Calls.Count > 0))
        {
            return _guard.WallTime();
        }

        return WantsTools(step) ? CheckCalls(number, step.Calls) : null;
    }

    private void Record(ModelStep step)
    {
        _current = null;
        (LastText, IsRefusal) = (step.Text, step.IsRefusal);
        _exchange.AddAnswer(step);
        if (step.Usage is { } usage)
        {
            Usage.Add(usage);
            _guard.AddTokens((usage.InputTokenCount ?? 0) + (usage.OutputTokenCount ?? 0));
        }
    }

    private AgentUpdate.LimitReached? CheckCalls(int number, IReadOnlyList<ToolCall> calls)
    {
        foreach (var call in calls)
        {
            call.Result = _invoker.Reject(call);
        }

        return _guard.Check(number, calls);
    }

    /// <summary>Carries out the calls that waited for people: they may have become invalid meanwhile, and the gate has the last word.</summary>
    private IAsyncEnumerable<AgentUpdate> CarryOutDecidedAsync(CancellationToken cancellationToken)
    {
        foreach (var call in _decided)
        {
            _callIds.Add(call.Id);
            call.Result = call.Decision is { IsApproved: false } && _catalog.Find(call) is null
                ? ToolCallResult.Refused(call.Decision.ModelText ?? ToolDecision.RefusedText)
                : _invoker.Reject(call);
        }

        return RunCallsAsync(_decided, cancellationToken);
    }

    private async IAsyncEnumerable<AgentUpdate> RunCallsAsync(IReadOnlyList<ToolCall> calls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in _stage.RunAsync(calls, cancellationToken))
        {
            yield return update;
        }

        _hosted.Begin(calls);
    }

    /// <summary>Ends the run for now: people decide about the calls that wait.</summary>
    private async Task<AgentUpdate> PauseAsync(string? modelId)
    {
        _exchange.Pause();
        await _exchange.SaveAsync();
        return new AgentUpdate.Finished(AgentFinishReason.AwaitingApproval, modelId);
    }

    /// <summary>Closes the step's calls and, after the last step, the run: limit or fault, history, end.</summary>
    private async IAsyncEnumerable<AgentUpdate> CloseAsync(ModelStep step, AgentUpdate.LimitReached? limit, bool isLast)
    {
        _exchange.CloseCalls(limit?.Explanation ?? "The run was stopped.", goesOn: !isLast);
        foreach (var call in step.Calls.Where(c => c is { IsReported: false, Result: not null }))
        {
            call.IsReported = true;
            yield return call.Finished();
        }

        if (!isLast)
        {
            yield break;
        }

        if (limit is not null)
        {
            yield return limit;
        }
        else if (step.Fault is { } fault)
        {
            ExceptionDispatchInfo.Throw(ClientFault.Translate(fault));
        }

        await _exchange.SaveAsync();
        yield return new AgentUpdate.Finished(limit is null ? Reason(step) : AgentFinishReason.ToolLimit, step.ModelId);
    }

    private static AgentFinishReason Reason(ModelStep step) => step switch
    {
        { FinishReason: { } reason } when reason == ChatFinishReason.ContentFilter => AgentFinishReason.ContentFilter,
        { FinishReason: { } reason } when reason == ChatFinishReason.Length => AgentFinishReason.Length,
        { HasText: false } => AgentFinishReason.Empty,
        _ => AgentFinishReason.Completed,
    };

    /// <summary>
    /// Keeps what a stopped or failed run had. A first call that failed with nothing is no exchange: the same input can be sent again.
    /// </summary>
    private async Task SaveInterruptedAsync(bool stopped)
    {
        if (_current is { } unfinished)
        {
            Record(unfinished);
        }

        if (_exchange.Added.Count == 0 && !stopped)
        {
            return;
        }

        try
        {
            await _exchange.SaveAsync();
        }
#pragma warning disable CA1031 // the run's own exception is on its way and must not be replaced
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.StoreFailed(_runtime.Logger, exception);
        }
    }
}
