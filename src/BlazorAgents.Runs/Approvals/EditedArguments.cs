using System.Text.Json;
using BlazorAgents.Agents.Schema;
using BlazorAgents.Agents.ToolLoop;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>Arguments that a person set: as strict as the model's, and never ambiguous.</summary>
internal static class EditedArguments
{
    private const int MaxLength = 100_000;
    private const string Field = nameof(ApprovalDecision.ApproveEdited.ArgumentsJson);

    /// <summary>The canonical text, or why they cannot be used.</summary>
    public static (string? Canonical, ApprovalRefusal? Refusal) Check(Approval row, string? json)
    {
        if (row.Kind is ApprovalKind.HostedMcp)
        {
            return (null, ApprovalRefusal.Invalid(Field, "The provider makes this call itself: its arguments cannot be changed. Approve or reject it as it is."));
        }

        if (string.IsNullOrWhiteSpace(json) || json.Length > MaxLength)
        {
            return (null, ApprovalRefusal.Invalid(Field, "The arguments must be a JSON object of at most 100,000 characters."));
        }

        if (Parse(json) is not { ValueKind: JsonValueKind.Object } arguments)
        {
            return (null, ApprovalRefusal.Invalid(Field, "The arguments must be one JSON object in which each name stands once."));
        }

        if (Parse(row.ToolSchema) is not { } schema)
        {
            return (null, ApprovalRefusal.Invalid(Field, "The tool's schema cannot be read, so changed arguments cannot be checked. Reject the call."));
        }

        var errors = new JsonSchemaValidator(schema).Validate(arguments);
        return errors.Count == 0
            ? (CanonicalJson.Of(arguments), null)
            : (null, ApprovalRefusal.Invalid(FieldOf(errors[0]), string.Join(" ", errors)));
    }

    /// <summary>The names of the fields that differ, for the audit, which does not keep values.</summary>
    public static IReadOnlyList<string> ChangedFields(string before, string after)
    {
        var (old, now) = (Fields(before), Fields(after));
        return [.. old.Keys.Union(now.Keys).Where(name => old.GetValueOrDefault(name) != now.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];
    }

    private static Dictionary<string, string> Fields(string json) => Parse(json) is { ValueKind: JsonValueKind.Object } element
        ? element.EnumerateObject().ToDictionary(p => p.Name, p => CanonicalJson.Of(p.Value), StringComparer.Ordinal)
        : [];

    // The validator's sentences begin with the field in quotation marks when they are about one.
    private static string FieldOf(string error) => error.Split('"') is ["", var field, ..] ? field : Field;

    private static JsonElement? Parse(string json)
    {
        try
        {
            var element = JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return CanonicalJson.IsText(element) ? element : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
