using System.Reflection;
using System.Text.Json;
using BlazorAgents.Agents.Schema;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tools;

/// <summary>A tool's preview: a method that is given some of the tool's arguments.</summary>
internal sealed class PreviewFunction
{
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

    /// <summary>The preview; null when the arguments do not fit or the method fails.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<ToolPreview?> InvokeAsync(
        JsonElement arguments, IServiceProvider? services, ToolCaller? caller, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return arguments.ValueKind == JsonValueKind.Object && _validator.Validate(arguments).Count == 0
                ? await _function.InvokeAsync(Read(arguments, services, caller), cancellationToken) as ToolPreview
                : null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // a request is shown without a preview rather than not at all
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

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
