using System.Text.Json;

namespace BlazorAgents.Agents.Schema;

/// <summary>One check of one value; it counts its steps, as a schema may go round in circles.</summary>
internal sealed class SchemaCheck(JsonElement schema)
{
    private const int MaxDepth = 64;
    private const int MaxErrors = 5;
    private const int MaxSteps = 100_000;

    private int _steps;

    public IReadOnlyList<string> Run(JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, string.Empty, errors, 0);
        return errors.Count > MaxErrors ? errors[..MaxErrors] : errors;
    }

    private void Check(JsonElement rule, JsonElement value, string path, List<string> errors, int depth)
    {
        if (depth > MaxDepth || ++_steps > MaxSteps)
        {
            errors.Add(depth > MaxDepth ? $"{Field(path)} is nested too deeply." : $"{Field(path)} cannot be checked: the schema is too entangled.");
            return;
        }

        if (rule.ValueKind == JsonValueKind.False)
        {
            errors.Add($"{Field(path)} is not allowed.");
        }

        if (rule.ValueKind != JsonValueKind.Object || errors.Count >= MaxErrors)
        {
            return;
        }

        if (rule.TryGetProperty("$ref", out var reference) && SchemaReference.Resolve(schema, reference) is { } target)
        {
            Check(target, value, path, errors, depth + 1);
        }

        if (!SchemaTypes.Matches(rule, value, out var expected))
        {
            errors.Add($"{Field(path)} must be {expected}, not {SchemaTypes.Describe(value)}.");
            return;
        }

        ValueRules.Check(rule, value, Field(path), errors);
        CheckAlternatives(rule, value, path, errors, depth);
        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckObject(rule, value, path, errors, depth);
        }
        else if (value.ValueKind == JsonValueKind.Array && rule.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(items, item, $"{path}[{index++}]", errors, depth + 1);
            }
        }
    }

    private void CheckObject(JsonElement rule, JsonElement value, string path, List<string> errors, int depth)
    {
        if (rule.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            errors.AddRange(required.EnumerateArray()
                .Where(name => name.ValueKind == JsonValueKind.String && !value.TryGetProperty(name.GetString()!, out _))
                .Select(name => $"{Field(Join(path, name.GetString()!))} is required and missing."));
        }

        var hasProperties = rule.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        var hasOthers = rule.TryGetProperty("additionalProperties", out var others);
        foreach (var property in value.EnumerateObject())
        {
            if (hasProperties && properties.TryGetProperty(property.Name, out var known))
            {
                Check(known, property.Value, Join(path, property.Name), errors, depth + 1);
            }
            else if (hasOthers && others.ValueKind == JsonValueKind.False)
            {
                errors.Add($"{Field(Join(path, property.Name))} is not a known field.");
            }
            else if (hasOthers)
            {
                Check(others, property.Value, Join(path, property.Name), errors, depth + 1);
            }
        }
    }

    private void CheckAlternatives(JsonElement rule, JsonElement value, string path, List<string> errors, int depth)
    {
        if (rule.TryGetProperty("allOf", out var all) && all.ValueKind == JsonValueKind.Array)
        {
            foreach (var part in all.EnumerateArray())
            {
                Check(part, value, path, errors, depth + 1);
            }
        }

        if (rule.TryGetProperty("anyOf", out var any) && any.ValueKind == JsonValueKind.Array && !any.EnumerateArray().Any(Fits))
        {
            errors.Add($"{Field(path)} fits none of the allowed forms.");
        }

        if (rule.TryGetProperty("oneOf", out var one) && one.ValueKind == JsonValueKind.Array && one.EnumerateArray().Count(Fits) != 1)
        {
            errors.Add($"{Field(path)} must fit exactly one of the allowed forms.");
        }

        if (rule.TryGetProperty("not", out var not) && Fits(not))
        {
            errors.Add(not.ValueKind == JsonValueKind.Object && not.TryGetProperty("enum", out var denied) && denied.ValueKind == JsonValueKind.Array
                ? $"{Field(path)} must not be {string.Join(" or ", denied.EnumerateArray().Select(d => d.GetRawText()))}."
                : $"{Field(path)} has a form that is not allowed.");
        }

        bool Fits(JsonElement form)
        {
            var found = new List<string>();
            Check(form, value, path, found, depth + 1);
            return found.Count == 0;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Field(string path) => path.Length == 0 ? "The whole value" : $"\"{path}\"";
}
