using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace BlazorAgents.Testing.Specification;

/// <summary>Schemas by name, and what is wrong with a JSON text that should follow one.</summary>
internal sealed class SchemaSet
{
    private readonly JsonSchema _root;

    /// <param name="definitions">The schemas, as <see cref="SchemaRewriter"/> writes them.</param>
    public SchemaSet(JsonObject definitions)
    {
        var root = new JsonObject { ["definitions"] = definitions };
        _root = JsonSchema.FromJsonAsync(root.ToJsonString()).GetAwaiter().GetResult();
    }

    public bool Contains(string name) => _root.Definitions.ContainsKey(name);

    /// <summary>Pairs of path and problem; empty when the JSON follows the schema.</summary>
    public IReadOnlyList<(string Path, string Problem)> Check(string name, string json)
    {
        JToken token;
        try
        {
            using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None, MaxDepth = 256 };
            token = JToken.ReadFrom(reader);
        }
        catch (JsonReaderException e)
        {
            return [("$", "is no JSON: " + e.Message)];
        }

        return SchemaProblems.Describe(_root.Definitions[name].ActualSchema.Validate(token));
    }
}
