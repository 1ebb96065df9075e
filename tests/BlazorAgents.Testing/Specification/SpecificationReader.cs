using System.Text.Json.Nodes;

namespace BlazorAgents.Testing.Specification;

/// <summary>Reads the specification that lies beside this file.</summary>
internal static class SpecificationReader
{
    private const string Json = "application/json";

    public static JsonObject Load()
    {
        var assembly = typeof(SpecificationReader).Assembly;
        using var stream = assembly.GetManifestResourceStream("openai-openapi.json")!;
        return (JsonObject)JsonNode.Parse(stream)!;
    }

    public static IReadOnlyList<ContractOperation> Operations(JsonObject specification) =>
    [
        .. from path in (JsonObject)specification["paths"]!
           from operation in (JsonObject)path.Value!
           select new ContractOperation((string)operation.Value!["operationId"]!, operation.Key.ToUpperInvariant(), path.Key, (JsonObject)operation.Value),
    ];

    /// <summary>The schemas of the operation's query parameters; a name's "[]" is left out.</summary>
    public static JsonObject QueryProperties(ContractOperation operation) =>
        new(QueryParameters(operation).Select(p => KeyValuePair.Create(Name(p), (JsonNode?)p["schema"]!.DeepClone())));

    /// <summary>Everything that messages are judged by, as the validator reads it: components, operations and events.</summary>
    public static JsonObject Definitions(JsonObject components, IEnumerable<ContractOperation> operations, IEnumerable<EventNames> streams)
    {
        var rewriter = new SchemaRewriter(components);
        var result = new JsonObject(components.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)rewriter.Rewrite(schema.Value!))));
        foreach (var operation in operations)
        {
            result[operation.QueryName] = rewriter.Rewrite(Query(operation));
            foreach (var mediaType in operation.RequestTypes)
            {
                result[operation.RequestName(mediaType)] = rewriter.Rewrite(operation.Definition["requestBody"]!["content"]![mediaType]!["schema"]!);
            }

            foreach (var (status, response) in (JsonObject)operation.Definition["responses"]!)
            {
                if (response!["content"]?[Json]?["schema"] is { } schema)
                {
                    result[operation.ResponseName(status)] = rewriter.Rewrite(schema);
                }
            }
        }

        foreach (var stream in streams)
        {
            foreach (var (name, schema) in stream.ByEvent)
            {
                result[stream.DefinitionOf(name)] = rewriter.Rewrite(schema);
            }
        }

        return result;
    }

    private static JsonObject Query(ContractOperation operation) => new()
    {
        ["type"] = "object",
        ["properties"] = QueryProperties(operation),
        ["required"] = new JsonArray([.. QueryParameters(operation).Where(p => (bool?)p["required"] == true).Select(p => (JsonNode)Name(p))]),
        ["additionalProperties"] = false,
    };

    private static IEnumerable<JsonObject> QueryParameters(ContractOperation operation) =>
        (operation.Definition["parameters"] as JsonArray)?.Select(p => (JsonObject)p!).Where(p => (string?)p["in"] == "query") ?? [];

    private static string Name(JsonObject parameter) => ((string)parameter["name"]!).Replace("[]", string.Empty, StringComparison.Ordinal);
}
