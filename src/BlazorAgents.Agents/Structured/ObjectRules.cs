using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BlazorAgents.Agents.Structured;

/// <summary>Checks validation attributes and <see cref="IValidatableObject"/>, in a value and everything in it.</summary>
internal static class ObjectRules
{
    private const int MaxErrors = 5;
    private const int MaxDepth = 64;

    /// <summary>What is wrong, field by field as JSON names them; at most five.</summary>
    public static IReadOnlyList<string> Check(object value, JsonSerializerOptions options)
    {
        var errors = new List<string>();
        Check(value, "", options, errors, 0);
        return errors.Count > MaxErrors ? errors[..MaxErrors] : errors;
    }

    private static void Check(object value, string path, JsonSerializerOptions options, List<string> errors, int depth)
    {
        if (depth > MaxDepth || errors.Count >= MaxErrors)
        {
            return;
        }

        var type = options.GetTypeInfo(value.GetType());
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(value, type, path, options, errors, depth);
                break;
            case JsonTypeInfoKind.Dictionary when value is IDictionary entries:
                foreach (DictionaryEntry entry in entries)
                {
                    CheckPart(entry.Value, Join(path, $"{entry.Key}"), options, errors, depth);
                }

                break;
            case JsonTypeInfoKind.Enumerable when value is IEnumerable items:
                var index = 0;
                foreach (var item in items)
                {
                    CheckPart(item, $"{path}[{index++}]", options, errors, depth);
                }

                break;
        }
    }

    private static void CheckObject(object value, JsonTypeInfo type, string path, JsonSerializerOptions options, List<string> errors, int depth)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var fields = result.MemberNames.Select(member => $"\"{Join(path, JsonName(type, member))}\"").ToList();
            var where = fields.Count > 0 ? string.Join(", ", fields) : path.Length > 0 ? $"\"{path}\"" : "The whole value";
            errors.Add($"{where}: {result.ErrorMessage}");
        }

        foreach (var property in type.Properties)
        {
            if (property.Get is { } get)
            {
                CheckPart(get(value), Join(path, property.Name), options, errors, depth);
            }
        }
    }

    private static void CheckPart(object? value, string path, JsonSerializerOptions options, List<string> errors, int depth)
    {
        if (value is not null)
        {
            Check(value, path, options, errors, depth + 1);
        }
    }

    private static string JsonName(JsonTypeInfo type, string member) =>
        type.Properties.FirstOrDefault(property => (property.AttributeProvider as System.Reflection.MemberInfo)?.Name == member)?.Name ?? member;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
