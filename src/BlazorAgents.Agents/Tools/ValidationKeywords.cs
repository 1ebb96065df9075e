using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tools;

/// <summary>Writes validation attributes of parameters and properties into their schema, where the schema's maker does not.</summary>
internal static class ValidationKeywords
{
    public static JsonNode Add(AIJsonSchemaCreateContext context, JsonNode schema)
    {
        if (schema is not JsonObject rule)
        {
            return schema;
        }

        foreach (var attribute in AttributesOf(context))
        {
            Add(rule, attribute);
        }

        return rule;
    }

    private static void Add(JsonObject rule, ValidationAttribute attribute)
    {
        switch (attribute)
        {
            case RangeAttribute range:
                Set(rule, range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum", Number(range.Minimum));
                Set(rule, range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum", Number(range.Maximum));
                break;
            case StringLengthAttribute length:
                Set(rule, "minLength", length.MinimumLength > 0 ? length.MinimumLength : null);
                Set(rule, "maxLength", length.MaximumLength);
                break;
            case MinLengthAttribute length:
                Set(rule, IsArray(rule) ? "minItems" : "minLength", length.Length);
                break;
            case MaxLengthAttribute { Length: >= 0 } length:
                Set(rule, IsArray(rule) ? "maxItems" : "maxLength", length.Length);
                break;
            case RegularExpressionAttribute expression:
                Set(rule, "pattern", $"^(?:{expression.Pattern})$"); // the attribute wants the whole text to match
                break;
            case AllowedValuesAttribute allowed when rule["enum"] is null:
                rule["enum"] = new JsonArray([.. allowed.Values.Select(Value)]);
                break;
        }
    }

    private static IEnumerable<ValidationAttribute> AttributesOf(AIJsonSchemaCreateContext context) =>
        (context.ParameterAttributeProvider ?? context.PropertyAttributeProvider)?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true)
            .Cast<ValidationAttribute>() ?? [];

    private static void Set(JsonObject rule, string keyword, JsonNode? value)
    {
        if (value is not null && rule[keyword] is null)
        {
            rule[keyword] = value;
        }
    }

    private static bool IsArray(JsonObject rule) => rule["type"]?.ToJsonString().Contains("array", StringComparison.Ordinal) == true;

    private static JsonValue? Number(object bound) =>
        decimal.TryParse(Convert.ToString(bound, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null;

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        _ => Number(value) ?? JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };
}
