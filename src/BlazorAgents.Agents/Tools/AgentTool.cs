using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tools;

/// <summary>
/// A tool made of a C# method, with what people must know about it. The schema comes from the method's signature, its descriptions, defaults and
/// validation attributes, those of its parameter objects included; unknown arguments are not allowed. Members are in camel case, enums in snake case.
/// </summary>
/// <example>
/// <code>
/// var tool = AgentTool.Create(shop.CreateOrderAsync, "create_order", new() { Risk = ToolRisk.Money, Preview = shop.PreviewOrderAsync });
/// </code>
/// </example>
public sealed partial class AgentTool : DelegatingAIFunction
{
    private static readonly JsonSerializerOptions s_json = CreateJson();
    private readonly PreviewFunction? _preview;
    private readonly Lazy<string> _schemaText;

    private AgentTool(AIFunction function, AgentToolOptions options)
        : base(function)
    {
        JsonSchema = ToolSchema.Complete(function.JsonSchema, function.UnderlyingMethod!.GetParameters());
        Risk = options.Risk;
        MinimumRole = options.MinimumRole;
        _schemaText = new Lazy<string>(() => CanonicalJson.Of(JsonSchema));
        _preview = options.Preview is null ? null : new PreviewFunction(options.Preview, function, JsonSchema);
    }

    /// <summary>What the tool can do to the world.</summary>
    public ToolRisk Risk { get; }

    /// <summary>The lowest role that may use the tool; null for everyone.</summary>
    public string? MinimumRole { get; }

    /// <summary>The tool can tell what a call would do.</summary>
    public bool HasPreview => _preview is not null;

    /// <inheritdoc/>
    public override JsonElement JsonSchema { get; }

    /// <summary>The schema as canonical JSON: it changes when, and only when, what the tool accepts or says about it changes.</summary>
    public string SchemaText => _schemaText.Value;

    /// <summary>Makes a tool of a method.</summary>
    /// <param name="method">
    /// Parameters of the types <see cref="ToolCallContext"/>, <see cref="ToolCaller"/>, <see cref="IServiceProvider"/> and
    /// <see cref="CancellationToken"/>, and those marked <see cref="FromServicesAttribute"/>, are filled in and are not part of the schema.
    /// </param>
    /// <param name="name">1 to 64 letters of a-z and A-Z, digits, underscores and hyphens.</param>
    /// <param name="options">What else is said about the tool.</param>
    /// <exception cref="ArgumentException">The name, the preview's signature or a validation attribute cannot be used.</exception>
    public static AgentTool Create(Delegate method, string name, AgentToolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(name);
        if (!ToolName().IsMatch(name))
        {
            throw new ArgumentException($"\"{name}\" cannot be a tool's name: 1 to 64 letters of a-z and A-Z, digits, _ and -.", nameof(name));
        }

        var function = AIFunctionFactory.Create(method, new AIFunctionFactoryOptions
        {
            Name = name,
            SerializerOptions = s_json,
            ConfigureParameterBinding = ToolParameters.Bind,
            JsonSchemaCreateOptions = ToolSchema.CreateOptions,
            ExcludeResultSchema = true, // no model is told
            MarshalResult = (result, _, _) => ValueTask.FromResult(
                result is null or string or AIContent or IEnumerable<AIContent> ? result : JsonSerializer.SerializeToElement(result, result.GetType(), s_json)),
        });
        return new AgentTool(function, options ?? new AgentToolOptions());
    }

    /// <summary>
    /// What a call with these arguments would do; null when the tool cannot tell: it has no preview, the arguments do not fit, or it failed or took longer than 5 seconds.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ValueTask<ToolPreview?> PreviewAsync(
        JsonElement arguments, IServiceProvider? services, ToolCaller? caller, CancellationToken cancellationToken) =>
        _preview is null ? ValueTask.FromResult<ToolPreview?>(null) : _preview.InvokeAsync(arguments, services, caller, cancellationToken);

    private static JsonSerializerOptions CreateJson()
    {
        // What the schema says is what is read: no numbers in strings, no enum members by number, no unknown members of parameter objects.
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions)
        {
            WriteIndented = false,
            NumberHandling = JsonNumberHandling.Strict,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        options.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{1,64}\z")]
    private static partial Regex ToolName();
}
