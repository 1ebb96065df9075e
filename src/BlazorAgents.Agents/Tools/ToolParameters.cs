using System.Reflection;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tools;

/// <summary>The parameters of a tool's method that the application fills in, not the model.</summary>
internal static class ToolParameters
{
    private static readonly AIFunctionFactoryOptions.ParameterBindingOptions s_context = FilledIn((_, arguments) => ContextOf(arguments));
    private static readonly AIFunctionFactoryOptions.ParameterBindingOptions s_caller = FilledIn((_, arguments) => ContextOf(arguments).Caller);
    private static readonly AIFunctionFactoryOptions.ParameterBindingOptions s_service = FilledIn(FindService);

    /// <summary>How a parameter gets its value; the default leaves it to the arguments and to the library.</summary>
    public static AIFunctionFactoryOptions.ParameterBindingOptions Bind(ParameterInfo parameter) => parameter switch
    {
        _ when parameter.ParameterType == typeof(ToolCallContext) => s_context,
        _ when parameter.ParameterType == typeof(ToolCaller) => s_caller,
        _ when parameter.IsDefined(typeof(FromServicesAttribute), inherit: false) => s_service,
        _ => default,
    };

    /// <summary>True for a parameter that is an argument of the model's.</summary>
    public static bool IsArgument(ParameterInfo parameter) =>
        !Bind(parameter).ExcludeFromSchema
        && parameter.ParameterType != typeof(CancellationToken)
        && parameter.ParameterType != typeof(IServiceProvider)
        && parameter.ParameterType != typeof(AIFunctionArguments);

    private static ToolCallContext ContextOf(AIFunctionArguments arguments) =>
        arguments.Context?.TryGetValue(typeof(ToolCallContext), out var value) == true && value is ToolCallContext context
            ? context
            : new ToolCallContext(Guid.NewGuid().ToString("N"), Caller: null);

    private static object? FindService(ParameterInfo parameter, AIFunctionArguments arguments) =>
        arguments.Services?.GetService(parameter.ParameterType)
        ?? (parameter.HasDefaultValue
            ? parameter.DefaultValue
            : throw new InvalidOperationException($"The tool's parameter \"{parameter.Name}\" needs the service {parameter.ParameterType}, which is not there."));

    private static AIFunctionFactoryOptions.ParameterBindingOptions FilledIn(Func<ParameterInfo, AIFunctionArguments, object?> bind) =>
        new() { ExcludeFromSchema = true, BindParameter = bind };
}
