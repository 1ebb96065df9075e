using System.Text.Json;
using BlazorAgents.Runs;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>The tools of this installation, as a rule's pattern and paths may name them.</summary>
public sealed class RuleTools
{
    private const int MaxArguments = 60;
    private const int MaxDepth = 4;

    private readonly SortedDictionary<string, AITool> _tools = new(StringComparer.Ordinal);

    /// <summary>Reads the agents' tools and the provider's; of two with one name the first counts.</summary>
    public RuleTools(AgentCatalog agents)
    {
        ArgumentNullException.ThrowIfNull(agents);
        foreach (var tool in agents.All.SelectMany(agents.ToolsOf).Concat(HostedToolNames.All.Select(HostedToolNames.Create).OfType<AITool>()))
        {
            _tools.TryAdd(tool.Name, tool);
        }
    }

    /// <summary>Their names.</summary>
    public IReadOnlyCollection<string> Names => _tools.Keys;

    /// <summary>The tools that a pattern covers; null when it is no pattern.</summary>
    public IReadOnlyList<string>? Covered(string? pattern) => ToolGlob.TryParse(pattern, out _) is { } glob ? [.. Names.Where(glob.IsMatch)] : null;

    /// <summary>The arguments of the one tool that a pattern covers; empty where it covers several or none.</summary>
    public IReadOnlyList<RuleArgument> Arguments(string? pattern)
    {
        if (Covered(pattern) is not [var only] || _tools[only] is not AIFunction function)
        {
            return [];
        }

        var found = new List<RuleArgument>();
        Add(function.JsonSchema, "$", 0, found);
        return found;
    }

    private static void Add(JsonElement schema, string path, int depth, List<RuleArgument> found)
    {
        if (depth > MaxDepth || Member(schema, "properties") is not { ValueKind: JsonValueKind.Object } properties)
        {
            return;
        }

        foreach (var property in properties.EnumerateObject().Where(p => p.Name.Length > 0 && p.Name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-')))
        {
            AddValue(property.Value, $"{path}.{property.Name}", depth + 1, found);
        }
    }

    private static void AddValue(JsonElement schema, string path, int depth, List<RuleArgument> found)
    {
        if (found.Count >= MaxArguments)
        {
            return;
        }

        var type = TypeOf(schema);
        if (type == "object" || Member(schema, "properties") is not null)
        {
            Add(schema, path, depth, found);
        }
        else if (type == "array" && depth <= MaxDepth && Member(schema, "items") is { } items)
        {
            AddValue(items, path + "[*]", depth + 1, found);
        }
        else
        {
            found.Add(new RuleArgument(path, type));
        }
    }

    // "type" is one name, or a list of which one is not "null"; an enumeration of texts may leave it out.
    private static string? TypeOf(JsonElement schema) => Member(schema, "type") switch
    {
        { ValueKind: JsonValueKind.String } one => one.GetString(),
        { ValueKind: JsonValueKind.Array } many => many.EnumerateArray().Where(t => t.ValueKind is JsonValueKind.String)
            .Select(t => t.GetString()).Where(t => t != "null").Take(2).ToList() is [var only] ? only : null,
        _ => Member(schema, "enum") is { ValueKind: JsonValueKind.Array } values
            && values.EnumerateArray().All(v => v.ValueKind is JsonValueKind.String or JsonValueKind.Null) ? "string" : null,
    };

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
