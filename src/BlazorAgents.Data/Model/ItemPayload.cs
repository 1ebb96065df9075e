using System.Text.Json;
using System.Text.Json.Serialization;

namespace BlazorAgents.Data;

/// <summary>What an item holds; a closed union, stored as JSON with the discriminator <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Reasoning), "reasoning")]
[JsonDerivedType(typeof(FunctionCall), "function_call")]
[JsonDerivedType(typeof(FunctionResult), "function_result")]
[JsonDerivedType(typeof(Notice), "notice")]
[JsonDerivedType(typeof(HostedTool), "hosted_tool")]
[JsonDerivedType(typeof(Source), "source")]
public abstract record ItemPayload
{
    private ItemPayload()
    {
    }

    /// <summary>The kind that the row carries beside the JSON.</summary>
    [JsonIgnore]
    public abstract ItemKind Kind { get; }

    /// <summary>Answer text, Markdown.</summary>
    public sealed record Text(string Content) : ItemPayload
    {
        /// <inheritdoc/>
        public override ItemKind Kind => ItemKind.Text;
    }

    /// <summary>The model's reasoning, Markdown.</summary>
    public sealed record Reasoning(string Content) : ItemPayload
    {
        /// <inheritdoc/>
        public override ItemKind Kind => ItemKind.Reasoning;
    }

    /// <summary>
    /// A tool call. <paramref name="Arguments"/> is the model's text, not necessarily JSON; <paramref name="RequestId"/> is the request for a
    /// person's decision, if it had to wait for one; <paramref name="Server"/> is the MCP server at which the provider makes the call itself,
    /// and <paramref name="CallId"/> is the provider's request then.
    /// </summary>
    public sealed record FunctionCall(string CallId, string Name, string Arguments, string? RequestId = null, string? Server = null) : ItemPayload
    {
        /// <inheritdoc/>
        public override ItemKind Kind => ItemKind.FunctionCall;
    }

    /// <summary>What the model was told about a call. <paramref name="Outcome"/> is the name of a ToolOutcome.</summary>
    public sealed record FunctionResult(string CallId, string Result, string Outcome, long DurationMs) : ItemPayload
    {
        /// <inheritdoc/>
        public override ItemKind Kind => ItemKind.FunctionResult;
    }

    /// <summary>A sentence of the application's about the run.</summary>
    public sealed record Notice(string Content) : ItemPayload
    {
        /// <inheritdoc/>
        public override ItemKind Kind => ItemKind.Notice;
    }

    /// <summary>A call of a tool on the provider's side. <paramref name="Tool"/> and <paramref name="Status"/> are the names of a HostedToolKind and a HostedToolStatus.</summary>
    public sealed record HostedTool(
        string CallId, string Tool, string? Name, string? Server, string Input, string Status, IReadOnlyList<HostedToolPart> Outputs, string? Error) : ItemPayload
    {
        /// <inheritdoc/>
        public override ItemKind Kind => ItemKind.HostedTool;
    }

    /// <summary>A source that the answer names.</summary>
    public sealed record Source(string? Title, string? Url, string? FileId, string? Snippet) : ItemPayload
    {
        /// <inheritdoc/>
        public override ItemKind Kind => ItemKind.Source;
    }

    /// <summary>The JSON to store.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PayloadJson.Default.ItemPayload);

    /// <summary>Reads stored JSON.</summary>
    /// <exception cref="JsonException">The JSON is not a payload.</exception>
    public static ItemPayload FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PayloadJson.Default.ItemPayload) ?? throw new JsonException("An item's payload is null.");
        }
        catch (NotSupportedException exception)
        {
            // How the serializer says that the discriminator is missing.
            throw new JsonException("An item's payload has no type.", exception);
        }
    }
}
