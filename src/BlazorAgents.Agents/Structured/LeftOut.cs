using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Agents.Schema;

namespace BlazorAgents.Agents.Structured;

/// <summary>
/// A strict provider makes every field required, so a field that may be left out comes as null. Where the schema has no null there, the
/// field is taken out again.
/// </summary>
internal static class LeftOut
{
    private const int MaxDepth = 64;

    public static JsonElement Drop(JsonElement value, JsonElement schema)
    {
        if (!value.GetRawText().Contains("null", StringComparison.Ordinal))
        {
            return value;
        }

        var copy = value.ValueKind is JsonValueKind.Object ? JsonObject.Create(value)
            : value.ValueKind is JsonValueKind.Array ? JsonArray.Create(value)
            : (JsonNode?)null;
        return copy is not null && Drop(copy, schema, schema, 0) ? JsonSerializer.SerializeToElement(copy) : value;
    }

    private static bool Drop(JsonNode? value, JsonElement rule, JsonElement schema, int depth)
    {
        if (depth > MaxDepth || rule.ValueKind is not JsonValueKind.Object)
        {
            return false;
        }

        var changed = false;
        foreach (var form in Forms(rule, schema))
        {
            changed |= Drop(value, form, schema, depth + 1);
        }

        switch (value)
        {
            case JsonObject fields when rule.TryGetProperty("properties", out var properties) && properties.ValueKind is JsonValueKind.Object:
                foreach (var property in properties.EnumerateObject())
                {
                    if (!fields.TryGetPropertyValue(property.Name, out var field))
                    {
                        continue;
                    }

                    changed |= field is not null ? Drop(field, property.Value, schema, depth + 1)
                        : !IsRequired(rule, property.Name) && !TakesNull(property.Value, schema, 0) && fields.Remove(property.Name);
                }

                break;
            case JsonArray items when rule.TryGetProperty("items", out var each):
                foreach (var item in items)
                {
                    changed |= Drop(item, each, schema, depth + 1);
                }

                break;
        }

        return changed;
    }

    private static bool IsRequired(JsonElement rule, string name) =>
        rule.TryGetProperty("required", out var required) && required.ValueKind is JsonValueKind.Array
        && required.EnumerateArray().Any(item => item.ValueEquals(name));

    private static bool TakesNull(JsonElement rule, JsonElement schema, int depth)
    {
        if (rule.ValueKind is not JsonValueKind.Object || depth > MaxDepth)
        {
            return true;
        }

        var forms = Forms(rule, schema).ToList();
        return forms.Count > 0 ? forms.Exists(form => TakesNull(form, schema, depth + 1))
            : rule.TryGetProperty("enum", out var allowed) ? allowed.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Null)
            : rule.TryGetProperty("const", out var constant) ? constant.ValueKind is JsonValueKind.Null
            : SchemaTypes.Matches(rule, JsonElement.Parse("null"), out _);
    }

    private static IEnumerable<JsonElement> Forms(JsonElement rule, JsonElement schema)
    {
        if (rule.TryGetProperty("$ref", out var reference) && SchemaReference.Resolve(schema, reference) is { } target)
        {
            yield return target;
        }

        foreach (var keyword in (string[])["anyOf", "oneOf", "allOf"])
        {
            if (rule.TryGetProperty(keyword, out var forms) && forms.ValueKind is JsonValueKind.Array)
            {
                foreach (var form in forms.EnumerateArray())
                {
                    yield return form;
                }
            }
        }
    }
}
