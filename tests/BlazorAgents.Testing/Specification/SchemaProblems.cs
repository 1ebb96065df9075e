using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace BlazorAgents.Testing.Specification;

/// <summary>Says in words what the validator found; of alternatives only the one that the value was meant to be.</summary>
internal static class SchemaProblems
{
    private const int MostText = 120;

    /// <summary>The properties by which this specification tells its alternatives apart.</summary>
    private static readonly string[] s_tags = ["type", "object", "role", "event"];

    public static IReadOnlyList<(string Path, string Problem)> Describe(IEnumerable<ValidationError> errors) =>
        [.. errors.SelectMany(Leaves).Select(error => (PathOf(error), Words(error))).Distinct()];

    private static IEnumerable<ValidationError> Leaves(ValidationError error) => error switch
    {
        ChildSchemaValidationError { Kind: ValidationErrorKind.NotAnyOf or ValidationErrorKind.NotOneOf } choice => Alternatives(choice),
        ChildSchemaValidationError child => child.Errors.Values.SelectMany(found => found).SelectMany(Leaves),
        MultiTypeValidationError types => Narrowest([.. types.Errors.Values.Select(found => found.SelectMany(Leaves).ToList())], types),
        _ => [error],
    };

    private static List<ValidationError> Alternatives(ChildSchemaValidationError choice)
    {
        // A "one of" that two forms fit comes with forms that have no error: the choice itself is what is wrong.
        if (choice.Errors.Values.Any(found => found.Count == 0))
        {
            return [choice];
        }

        return Narrowest([.. choice.Errors.Values.Select(found => found.SelectMany(Leaves).ToList())], choice);
    }

    /// <summary>The form whose tag and kind fit, else the choice itself.</summary>
    private static List<ValidationError> Narrowest(List<List<ValidationError>> forms, ValidationError choice)
    {
        var meant = forms.Where(found => found.Count > 0 && !found.Any(error => Rules(error, choice.Path))).ToList();
        return meant.Count == 0 ? [choice] : meant.MinBy(found => found.Count)!;
    }

    /// <summary>True when an error says that the value was never meant to be this form: another tag, or another kind of value.</summary>
    private static bool Rules(ValidationError error, string? path)
    {
        var below = (error.Path ?? string.Empty)[(path ?? string.Empty).Length..].TrimStart('.', '/', '#');
        return below.Length == 0
            ? error.Kind.ToString().EndsWith("Expected", StringComparison.Ordinal) || error.Kind == ValidationErrorKind.NotInEnumeration
            : s_tags.Contains(below) && error.Kind is (ValidationErrorKind.NotInEnumeration or ValidationErrorKind.PropertyRequired);
    }

    private static string PathOf(ValidationError error)
    {
        var path = (error.Path ?? string.Empty).TrimStart('#').TrimStart('/');
        return path.Length == 0 ? "$" : path.StartsWith('[') ? "$" + path : "$." + path;
    }

    private static string Words(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => "is required and missing",
        ValidationErrorKind.NoAdditionalPropertiesAllowed => "is not a property that the specification knows",
        ValidationErrorKind.NotInEnumeration => $"must be {Values(error.Schema)}, not {Text(error.Token)}",
        ValidationErrorKind.NotAnyOf or ValidationErrorKind.NotOneOf when Fitting((ChildSchemaValidationError)error) is { Count: > 1 } fitting =>
            $"must fit one form only, but fits {string.Join(" and ", fitting)}: {Text(error.Token)}",
        ValidationErrorKind.NotAnyOf or ValidationErrorKind.NotOneOf =>
            $"must be {string.Join(" or ", ((ChildSchemaValidationError)error).Errors.Keys.Select(FormName).Distinct())}, not {Text(error.Token)}",
        ValidationErrorKind.NoTypeValidates => $"must be {Kinds(error.Schema.Type)}, not {Text(error.Token)}",
        ValidationErrorKind.PatternMismatch => $"must match {error.Schema.Pattern}, not {Text(error.Token)}",
        var kind when kind.ToString().EndsWith("Expected", StringComparison.Ordinal) => $"must be {Kinds(error.Schema.Type)} ({kind}), not {Text(error.Token)}",
        var kind => $"{kind}: {Text(error.Token)}",
    };

    private static List<string> Fitting(ChildSchemaValidationError choice) =>
        [.. choice.Errors.Where(form => form.Value.Count == 0).Select(form => FormName(form.Key))];

    private static string FormName(JsonSchema schema)
    {
        var actual = schema.ActualSchema;
        var tag = s_tags.Select(name => actual.ActualProperties.TryGetValue(name, out var property) ? (name, values: property.ActualSchema.Enumeration) : default)
            .FirstOrDefault(found => found.values is { Count: > 0 });
        return tag.name is not null ? $"{tag.name} {string.Join("|", tag.values)}"
            : actual.Enumeration.Count > 0 ? Values(actual)
            : actual.Title ?? Kinds(actual.Type);
    }

    private static string Values(JsonSchema schema) => string.Join("|", schema.ActualSchema.Enumeration.Select(value => value ?? "null"));

    private static string Kinds(JsonObjectType type) => type == JsonObjectType.None ? "another form" : type.ToString().ToLowerInvariant();

    private static string Text(JToken? token)
    {
        var text = token?.ToString(Formatting.None) ?? "nothing";
        return text.Length > MostText ? text[..MostText] + "…" : text;
    }
}
