using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using BlazorAgents.Agents.Schema;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tools;

/// <summary>
/// A method as a tool, with its risk, who may have it, and a preview of its effects. Descriptions, defaults and validation attributes of
/// its parameters become its schema; a call that does not fit never reaches the method.
/// </summary>
public sealed partial class AgentTool : DelegatingAIFunction
{
    private static readonly JsonSerializerOptions s_json = CreateJson();

    private readonly AIFunction? _preview;
    private string? _schemaText;

    private AgentTool(AIFunction method, AIFunction? preview, AgentToolOptions options)
        : base(method) => (_preview, Risk, MinimumRole) = (preview, options.Risk, options.MinimumRole);

    /// <summary>What it can do to the world.</summary>
    public ToolRisk Risk { get; }

    /// <summary>The least role whose agents have it; null for everyone's.</summary>
    public string? MinimumRole { get; }

    /// <summary>True when it can say what a call would do.</summary>
    public bool HasPreview => _preview is not null;

    /// <summary>Its schema as canonical JSON: equal schemas are equal text.</summary>
    public string SchemaText => _schemaText ??= CanonicalJson.Of(JsonSchema);

    /// <summary>Makes a tool of a method.</summary>
    /// <param name="method">The method; an instance method is called on its instance.</param>
    /// <param name="name">What the model calls it: letters, digits, <c>_</c> and <c>-</c>, at most 64.</param>
    /// <param name="options">What people must know about it.</param>
    /// <exception cref="ArgumentException">The name is not valid, or the preview has a parameter that the method lacks.</exception>
    public static AgentTool Create(Delegate method, string name, AgentToolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (!ValidName().IsMatch(name))
        {
            throw new ArgumentException($"\"{name}\" cannot name a tool: use 1 to 64 letters, digits, _ and -.", nameof(name));
        }

        options ??= new AgentToolOptions();
        var function = AIFunctionFactory.Create(method, CreateOptions(name));
        if (options.Preview is not { } preview)
        {
            return new AgentTool(function, preview: null, options);
        }

        var known = method.Method.GetParameters().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in preview.Method.GetParameters().Where(p => !IsFilledIn(p) && !known.Contains(p.Name)))
        {
            throw new ArgumentException($"The preview of {name} has a parameter \"{parameter.Name}\" that the tool does not have.", nameof(options));
        }

        return new AgentTool(function, AIFunctionFactory.Create(preview, CreateOptions(name)), options);
    }

    /// <summary>What a call would do; null when the tool cannot say, or not for these arguments.</summary>
    public async ValueTask<ToolPreview?> PreviewAsync(
        JsonElement arguments, IServiceProvider? services, ToolCaller? caller, CancellationToken cancellationToken)
    {
        if (_preview is null || arguments.ValueKind is not JsonValueKind.Object || new JsonSchemaValidator(JsonSchema).Validate(arguments).Count > 0)
        {
            return null;
        }

        try
        {
            var context = new ToolCallContext("preview", caller);
            var given = new AIFunctionArguments(arguments.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value), StringComparer.Ordinal)
            {
                Services = services,
                Context = new Dictionary<object, object?> { [typeof(ToolCallContext)] = context },
            };
            return await _preview.InvokeAsync(given, cancellationToken) as ToolPreview;
        }
#pragma warning disable CA1031 // a preview is a courtesy: without one the arguments are shown as they are
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static AIFunctionFactoryOptions CreateOptions(string name) => new()
    {
        Name = name,
        SerializerOptions = s_json,
        ConfigureParameterBinding = Bind,
        ExcludeResultSchema = true,
        JsonSchemaCreateOptions = new AIJsonSchemaCreateOptions { TransformSchemaNode = ValidationKeywords.Add },
        MarshalResult = (result, type, _) => new ValueTask<object?>(
            result is null or string or ToolPreview or AIContent ? result : JsonSerializer.SerializeToElement(result, s_json)),
    };

    private static AIFunctionFactoryOptions.ParameterBindingOptions Bind(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(ToolCallContext)
            ? new() { ExcludeFromSchema = true, BindParameter = (_, arguments) => ContextOf(arguments) }
            : default;

    private static ToolCallContext ContextOf(AIFunctionArguments arguments) =>
        arguments.Context?.TryGetValue(typeof(ToolCallContext), out var context) == true && context is ToolCallContext known
            ? known
            : new ToolCallContext(Guid.NewGuid().ToString("N"), Caller: null);

    private static bool IsFilledIn(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(ToolCallContext) || parameter.ParameterType == typeof(IServiceProvider)
        || parameter.ParameterType == typeof(CancellationToken) || parameter.ParameterType == typeof(AIFunctionArguments);

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions) { WriteIndented = false };
        options.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.MakeReadOnly();
        return options;
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex ValidName();
}
