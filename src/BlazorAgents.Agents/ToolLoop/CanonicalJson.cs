using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>One text for equal JSON: sorted names, no white space, numbers by value.</summary>
internal static class CanonicalJson
{
    /// <summary>The canonical form, or the text itself when it is not a JSON object.</summary>
    public static string Of(string argumentsText)
    {
        if (!ToolCallArguments.TryParse(argumentsText, out var element))
        {
            return argumentsText;
        }

        var builder = new StringBuilder();
        Append(builder, element);
        return builder.ToString();
    }

    private static void Append(StringBuilder builder, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                builder.Append('{');
                foreach (var property in element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    builder.Append(JsonSerializer.Serialize(property.Name)).Append(':');
                    Append(builder, property.Value);
                    builder.Append(',');
                }

                builder.Append('}');
                break;
            case JsonValueKind.Array:
                builder.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    Append(builder, item);
                    builder.Append(',');
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
}
