using System.Text.Json;
using BlazorAgents.Web.Features.Chat;

namespace BlazorAgents.Web.Features.Extraction;

/// <summary>JSON names and values in words. What a model wrote may not be readable text; it is never an error.</summary>
internal static class FieldText
{
    /// <summary>A field's name for people: "startTime" is "Start time".</summary>
    public static string Label(string name) => name.Any(char.IsLetterOrDigit) ? ToolWords.Title(name) : name;

    /// <summary>A plain value; null when there is none.</summary>
    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => "Yes",
        JsonValueKind.False => "No",
        JsonValueKind.String => Text(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null,
        _ => value.GetRawText(),
    };

    /// <summary>A string's text, or its JSON where an escape stands for half a character.</summary>
    public static string Text(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    /// <summary>The fields of an object, without those whose name is not readable text.</summary>
    public static IReadOnlyList<(string Name, JsonElement Value)> Fields(JsonElement value)
    {
        var fields = new List<(string, JsonElement)>();
        foreach (var property in value.EnumerateObject())
        {
            try
            {
                fields.Add((property.Name, property.Value));
            }
            catch (InvalidOperationException)
            {
                // Half a character.
            }
        }

        return fields;
    }

    /// <summary>True for a list without lists and objects in it.</summary>
    public static bool IsPlainList(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array
        && value.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));
}
