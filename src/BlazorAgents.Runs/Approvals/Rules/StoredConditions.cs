using System.Text.Json;

namespace BlazorAgents.Runs;

/// <summary>Reads a rule's stored conditions; what cannot be read becomes a problem, and the rest is kept.</summary>
internal static class StoredConditions
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The conditions with their places; those with a problem are left out.</summary>
    public static IReadOnlyList<(int Index, RuleCondition Condition)> Read(string json, List<RuleProblem> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_strict);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                return ReadAll(document.RootElement, problems);
            }

            problems.Add(new RuleProblem("Conditions", "The conditions are not a JSON array."));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            problems.Add(new RuleProblem("Conditions", "The conditions are not valid JSON."));
        }

        return [];
    }

    private static List<(int Index, RuleCondition Condition)> ReadAll(JsonElement array, List<RuleProblem> problems)
    {
        var conditions = new List<(int Index, RuleCondition Condition)>();
        var index = -1;
        foreach (var element in array.EnumerateArray())
        {
            index++;
            if (element.ValueKind != JsonValueKind.Object)
            {
                problems.Add(new RuleProblem($"Conditions[{index}]", "The condition is not a JSON object."));
            }
            else if (element.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => n is not ("path" or "operator" or "value")) is { } unknown)
            {
                problems.Add(new RuleProblem($"Conditions[{index}]", $"The condition has an unknown part \"{unknown}\"."));
            }
            else
            {
                conditions.Add((index, new RuleCondition(
                    Text(element, "path"), Text(element, "operator"), element.TryGetProperty("value", out var value) ? value.Clone() : null)));
            }
        }

        return conditions;
    }

    // Empty text is refused later as a bad path or operator.
    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
