using System.Reflection;
using System.Text.Json;
using BlazorAgents.Agents.Schema;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlazorAgents.Agents.Tools;

/// <summary>A tool's preview: a method that is given some of the tool's arguments.</summary>
internal sealed class PreviewFunction
{
    /// <summary>How long a preview may take: a run or a person waits for it.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly AIFunction _function;
    private readonly JsonSchemaValidator _validator;
    private readonly HashSet<string> _names;
    private readonly Dictionary<string, object?> _defaults;

    /// <exception cref="ArgumentException">The preview does not suit the tool.</exception>
    public PreviewFunction(Delegate preview, AIFunction tool, JsonElement schema)
    {
        var wanted = preview.Method.GetParameters().Where(ToolParameters.IsArgument).ToArray();
        var known = tool.UnderlyingMethod!.GetParameters().Where(ToolParameters.IsArgument).ToDictionary(p => p.Name!, StringComparer.Ordinal);
        Check(preview.Method, wanted, tool.Name, known);
        _names = [.. wanted.Select(p => p.Name!)];
        _validator = new JsonSchemaValidator(schema);
        _defaults = wanted.Select(p => known[p.Name!]).Where(p => p.HasDefaultValue).ToDictionary(p => p.Name!, p => p.DefaultValue, StringComparer.Ordinal);
        _function = AIFunctionFactory.Create(preview, new AIFunctionFactoryOptions
        {
            Name = tool.Name,
            SerializerOptions = tool.JsonSerializerOptions,
            ConfigureParameterBinding = ToolParameters.Bind,
            MarshalResult = (result, _, _) => ValueTask.FromResult(result),
            ExcludeResultSchema = true,
        });
    }

    /// <summary>The preview; null when the arguments do not fit, or the method fails or takes too long. The services' clock and log count, where there are any.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<ToolPreview?> InvokeAsync(
        JsonElement arguments, IServiceProvider? services, ToolCaller? caller, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (arguments.ValueKind != JsonValueKind.Object || _validator.Validate(arguments).Count > 0)
        {
            return null;
        }

        var time = services?.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        var logger = (services?.GetService(typeof(ILoggerFactory)) as ILoggerFactory)?.CreateLogger<PreviewFunction>() ?? NullLogger<PreviewFunction>.Instance;
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var token = either.Token;

        // On a thread of its own and raced against the token, like a tool: it may block, or ignore its token.
        var work = Task.Run(() => _function.InvokeAsync(Read(arguments, services, caller), token).AsTask(), CancellationToken.None);
        try
        {
            return await work.WaitAsync(token) as ToolPreview;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            Observe(work, logger);
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            Observe(work, logger);
            Log.PreviewTimedOut(logger, _function.Name, Timeout);
            return null;
        }
#pragma warning disable CA1031 // a request is shown without a preview rather than not at all
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.PreviewFailed(logger, exception, _function.Name);
            return null;
        }
    }

    private void Observe(Task work, ILogger logger) =>
        _ = work.ContinueWith(
            t => Log.PreviewFailed(logger, t.Exception!, _function.Name), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private AIFunctionArguments Read(JsonElement arguments, IServiceProvider? services, ToolCaller? caller)
    {
        // The method's defaults, not the preview's: it must tell what the call would do.
        var read = new AIFunctionArguments(_defaults.ToDictionary(StringComparer.Ordinal))
        {
            Services = services,
            Context = new Dictionary<object, object?> { [typeof(ToolCallContext)] = new ToolCallContext(Guid.NewGuid().ToString("N"), caller) },
        };
        foreach (var property in arguments.EnumerateObject().Where(p => _names.Contains(p.Name)))
        {
            read[property.Name] = property.Value;
        }

        return read;
    }

    private static void Check(MethodInfo preview, ParameterInfo[] wanted, string tool, Dictionary<string, ParameterInfo> known)
    {
        foreach (var parameter in wanted)
        {
            if (!known.TryGetValue(parameter.Name!, out var same))
            {
                throw new ArgumentException($"The preview of the tool \"{tool}\" has a parameter \"{parameter.Name}\" that the method does not have.", nameof(preview));
            }

            if (same.ParameterType != parameter.ParameterType)
            {
                throw new ArgumentException(
                    $"The parameter \"{parameter.Name}\" of the preview of the tool \"{tool}\" is of another type than the method's.", nameof(preview));
            }
        }

        if (preview.ReturnType != typeof(ToolPreview) && preview.ReturnType != typeof(Task<ToolPreview>) && preview.ReturnType != typeof(ValueTask<ToolPreview>))
        {
            throw new ArgumentException($"The preview of the tool \"{tool}\" must return a {nameof(ToolPreview)}, or a Task or ValueTask of one.", nameof(preview));
        }
    }
}
