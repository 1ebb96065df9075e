using System.Text.Json;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>Carries the model's own text of a call's arguments, which may not be JSON at all.</summary>
public static class ToolCallArguments
{
    /// <summary>The key in <see cref="AIContent.AdditionalProperties"/>.</summary>
    public const string RawTextKey = "raw_arguments";

    /// <summary>A call as a model wrote it; <see cref="FunctionCallContent.Arguments"/> stays null when the text is not a JSON object.</summary>
    public static FunctionCallContent CreateCall(string callId, string name, string argumentsText)
    {
        ArgumentNullException.ThrowIfNull(argumentsText);
        var call = new FunctionCallContent(callId, name)
        {
            AdditionalProperties = new AdditionalPropertiesDictionary { [RawTextKey] = argumentsText },
        };
        call.Arguments = ReadObject(argumentsText);
        return call;
    }

    /// <summary>A call at an MCP server as a model wrote it; the arguments stay null when the text is not a JSON object.</summary>
    public static McpServerToolCallContent CreateHostedCall(string callId, string name, string? server, string argumentsText) => new(callId, name, server)
    {
        Arguments = ReadObject(argumentsText),
        AdditionalProperties = new AdditionalPropertiesDictionary { [RawTextKey] = argumentsText },
    };

    /// <summary>The arguments as the model wrote them, or as JSON when the client kept only the parsed form.</summary>
    public static string GetArgumentsText(this FunctionCallContent call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return GetArgumentsText(call, call.Arguments);
    }

    /// <inheritdoc cref="GetArgumentsText(FunctionCallContent)"/>
    public static string GetArgumentsText(this McpServerToolCallContent call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return GetArgumentsText(call, call.Arguments);
    }

    private static Dictionary<string, object?>? ReadObject(string text) => TryParse(text, out var element)
        ? element.EnumerateObject()
            .GroupBy(p => p.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (object?)g.Last().Value, StringComparer.Ordinal)
        : null;

    private static string GetArgumentsText(AIContent call, IDictionary<string, object?>? arguments)
    {
        if (call.AdditionalProperties?.TryGetValue(RawTextKey, out var raw) == true)
        {
            // A message store that goes through JSON gives the text back as an element.
            var text = raw as string ?? (raw is JsonElement { ValueKind: JsonValueKind.String } stored ? stored.GetString() : null);
            return string.IsNullOrWhiteSpace(text) ? "{}" : text; // many models send nothing to a tool without parameters
        }

        return arguments is null ? "{}" : JsonSerializer.Serialize(arguments, AIJsonUtilities.DefaultOptions);
    }

    /// <summary>Reads arguments; empty text counts as an empty object.</summary>
    /// <param name="text">What the model wrote.</param>
    /// <param name="arguments">A JSON object without broken texts.</param>
    /// <param name="allowsDuplicates">Whether a name may stand twice: to look at, not to run.</param>
    internal static bool TryParse(string text, out JsonElement arguments, bool allowsDuplicates = true)
    {
        try
        {
            arguments = JsonElement.Parse(string.IsNullOrWhiteSpace(text) ? "{}" : text, new JsonDocumentOptions { AllowDuplicateProperties = allowsDuplicates });
            return arguments.ValueKind == JsonValueKind.Object && CanonicalJson.IsText(arguments);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            arguments = default;
            return false;
        }
    }
}
