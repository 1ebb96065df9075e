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
        if (TryParse(argumentsText, out var element))
        {
            call.Arguments = element.EnumerateObject()
                .GroupBy(p => p.Name, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => (object?)g.Last().Value, StringComparer.Ordinal);
        }

        return call;
    }

    /// <summary>The arguments as the model wrote them, or as JSON when the client kept only the parsed form.</summary>
    public static string GetArgumentsText(this FunctionCallContent call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.AdditionalProperties?.TryGetValue(RawTextKey, out var raw) == true)
        {
            // A message store that goes through JSON gives the text back as an element.
            var text = raw as string ?? (raw is JsonElement { ValueKind: JsonValueKind.String } stored ? stored.GetString() : null);
            return string.IsNullOrWhiteSpace(text) ? "{}" : text; // many models send nothing to a tool without parameters
        }

        return call.Arguments is null ? "{}" : JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions);
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
