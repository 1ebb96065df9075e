using BlazorAgents.Agents.Schema;
using BlazorAgents.Agents.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>Checks and runs single tool calls. Never throws for what a tool does, only when the run itself is cancelled.</summary>
internal sealed class ToolInvoker(ToolCatalog catalog, ToolLoopOptions limits, TimeProvider time, IServiceProvider? services, ToolCaller? caller, ILogger logger)
{
    /// <summary>Rejects a call that cannot run: unknown tool, or arguments that do not fit its schema. Any other has its request afterwards.</summary>
    public ToolCallResult? Reject(ToolCall call)
    {
        if (catalog.Find(call) is not { } tool)
        {
            return call.Hosted is null
                ? ToolCallResult.Unknown(call.Name, catalog.CallableNames)
                : ToolCallResult.Refused("This server's tools may not be used here. The call was not made.");
        }

        // Of a name that stands twice a person might be shown the one, and the tool be given the other.
        if (!ToolCallArguments.TryParse(call.ArgumentsText, out var arguments, allowsDuplicates: false))
        {
            return ToolCallResult.Invalid(["They must be one JSON object in which each name stands once."]);
        }

        // An MCP server checks its own arguments.
        var errors = call.Hosted is null ? new JsonSchemaValidator(tool.JsonSchema).Validate(arguments) : [];
        if (errors.Count > 0)
        {
            return ToolCallResult.Invalid(errors);
        }

        call.Request = new ToolRequest(call.Id, tool, arguments, CanonicalJson.Of(arguments), call.Decision);
        return null;
    }

    /// <summary>Runs a call that was not rejected.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<ToolCallResult> InvokeAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var tool = call.Request?.Tool ?? throw new InvalidOperationException("Only checked calls run.");
        var started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(limits.ToolTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);

        // On a thread of its own and raced against the token: a tool may block, or ignore its token.
        var work = Task.Run(() => tool.InvokeAsync(ReadArguments(call), either.Token).AsTask(), CancellationToken.None);
        try
        {
            var value = await work.WaitAsync(either.Token);
            var (text, failed) = ToolResultText.Of(value, tool, limits.MaxResultLength);
            return new ToolCallResult(failed ? ToolOutcome.Failed : ToolOutcome.Succeeded, text, time.GetElapsedTime(started));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            Observe(work, call);
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            Observe(work, call);
            Log.ToolTimedOut(logger, call.Name, call.Id, limits.ToolTimeout);
            return new ToolCallResult(
                ToolOutcome.TimedOut,
                $"Error: the tool took longer than {limits.ToolTimeout.TotalSeconds:0.#} seconds and was stopped. It is not known whether it did its work.",
                time.GetElapsedTime(started));
        }
#pragma warning disable CA1031 // a tool may throw anything; the model is told, the run goes on
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.ToolFailed(logger, exception, call.Name, call.Id);
            return new ToolCallResult(ToolOutcome.Failed, "Error: the tool failed.", time.GetElapsedTime(started));
        }
    }

    private AIFunctionArguments ReadArguments(ToolCall call)
    {
        var arguments = new AIFunctionArguments
        {
            Services = services,
            Context = new Dictionary<object, object?> { [typeof(ToolCallContext)] = new ToolCallContext(call.Key ?? call.Id, caller) },
        };
        foreach (var property in call.Request!.Arguments.EnumerateObject())
        {
            arguments[property.Name] = property.Value;
        }

        return arguments;
    }

    /// <summary>A tool that was abandoned may still throw; nobody else looks at that exception.</summary>
    private void Observe(Task work, ToolCall call) =>
        _ = work.ContinueWith(
            t => Log.ToolFailed(logger, t.Exception!, call.Name, call.Id),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
}
