using System.Text.Json;

namespace BlazorAgents.Agents.Schema;

/// <summary>
/// Checks JSON against the part of JSON Schema that tools use: type, properties, required, additionalProperties, enum, const, items,
/// lengths, ranges, pattern, format, anyOf, oneOf, allOf, not and local references. Unknown keywords are ignored. Any number of threads may use one.
/// </summary>
public sealed class JsonSchemaValidator(JsonElement schema)
{
    /// <summary>What is wrong, field by field, in sentences for a model; empty when the value fits. At most five.</summary>
    public IReadOnlyList<string> Validate(JsonElement value) => new SchemaCheck(schema).Run(value);
}
