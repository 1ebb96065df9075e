using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>One text for equal JSON: sorted names, no white space, numbers by value.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical form, or the text itself when it is not a JSON object.</summary>
    public static string Of(string argumentsText) => ToolCallArguments.TryParse(argumentsText, out var element) ? Of(element) : argumentsText;

    /// <summary>The canonical form, itself JSON.</summary>
    public static string Of(JsonElement element)
    {
        var builder = new StringBuilder();
        Append(builder, element);
        return builder.ToString();
    }

    /// <summary>False when a text or a name in it holds half of a surrogate pair, which is JSON but no text.</summary>
    public static bool IsText(JsonElement element) =>
        !element.GetRawText().Contains("\\ud", StringComparison.OrdinalIgnoreCase) || HasOnlyTexts(element);

    private static bool HasOnlyTexts(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() is not null,
                JsonValueKind.Array => element.EnumerateArray().All(HasOnlyTexts),
                JsonValueKind.Object => element.EnumerateObject().All(p => p.Name is not null && HasOnlyTexts(p.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Append(StringBuilder builder, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                builder.Append('{');
                foreach (var property in element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    Separate(builder, '{').Append(JsonSerializer.Serialize(property.Name)).Append(':');
                    Append(builder, property.Value);
                }

                builder.Append('}');
                break;
            case JsonValueKind.Array:
                builder.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    Append(Separate(builder, '['), item);
                }

                builder.Append(']');
                break;
            case JsonValueKind.Number when element.TryGetDecimal(out var number):
                builder.Append(number.ToString("0.#############################", CultureInfo.InvariantCulture));
                break;
            case JsonValueKind.String:
                builder.Append(JsonSerializer.Serialize(element.GetString()));
                break;
            default:
                builder.Append(element.GetRawText());
                break;
        }
    }

    private static StringBuilder Separate(StringBuilder builder, char opening) => builder[^1] == opening ? builder : builder.Append(',');
}
