using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tools;

/// <summary>The schema of a tool's arguments: what the library makes of the method, with what it leaves out.</summary>
internal static class ToolSchema
{
    public static AIJsonSchemaCreateOptions CreateOptions { get; } = new() { TransformSchemaNode = CompleteProperty };

    /// <summary>Adds what the library leaves out of the method's own parameters, and allows no others.</summary>
    public static JsonElement Complete(JsonElement schema, IEnumerable<ParameterInfo> parameters)
    {
        var root = JsonObject.Create(schema)!;
        if (root["properties"] is not JsonObject properties)
        {
            root["properties"] = properties = [];
        }

        foreach (var parameter in parameters.Where(ToolParameters.IsArgument))
        {
            if (properties[parameter.Name!] is JsonObject node)
            {
                ValidationKeywords.Apply(node, parameter.Name!, [parameter]);
            }
        }

        // A misspelt argument would be dropped without a word, and a default would take its place.
        root["additionalProperties"] = false;
        return JsonSerializer.SerializeToElement(root);
    }

    /// <summary>Called for each node; those of members of parameter objects have a property.</summary>
    private static JsonNode CompleteProperty(AIJsonSchemaCreateContext context, JsonNode schema)
    {
        if (context.PropertyInfo is not { } property || schema is not JsonObject node)
        {
            return schema;
        }

        ValidationKeywords.Apply(node, property.Name, [property.AttributeProvider, property.AssociatedParameter?.AttributeProvider]);
        if (!property.IsSetNullable && property.AssociatedParameter is not { IsNullable: true })
        {
            ValidationKeywords.DropNull(node);
        }

        if (!property.IsRequired && property.AssociatedParameter is null && !node.ContainsKey("default")
            && SchemaDefaults.Find(property, context.DeclaringType) is { } value)
        {
            node["default"] = JsonSerializer.SerializeToNode(value, property.Options.GetTypeInfo(property.PropertyType));
        }

        return node;
    }
}
