using System.Text.Encodings.Web;
using System.Text.Json;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI;

/// <summary>Old calls and their results as every wire takes them: text.</summary>
internal static class ToolTexts
{
    private static readonly JsonSerializerOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The call's arguments, always a JSON object: many servers parse old calls and answer 400 for ever when one is not JSON.</summary>
    public static string Arguments(FunctionCallContent call)
    {
        var text = call.GetArgumentsText();
        if (string.IsNullOrWhiteSpace(text))
        {
            return "{}";
        }

        try
        {
            return JsonElement.Parse(text).ValueKind == JsonValueKind.Object ? text : Wrap();
        }
        catch (JsonException)
        {
            return Wrap();
        }

        string Wrap() => JsonSerializer.Serialize(new Dictionary<string, string> { ["invalid_json"] = text });
    }

    /// <summary>The result as the model reads it.</summary>
    public static string Result(FunctionResultContent result) => result.Result switch
    {
        null => string.Empty,
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        var other => Json(other),
    };

    /// <summary>JSON without white space.</summary>
    public static string Json(object value) => JsonSerializer.Serialize(
        JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType())), s_compact);
}
