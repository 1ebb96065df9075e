using BlazorAgents.Agents.Schema;
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
        Add(SchemaNode.Of(function.JsonSchema), "$", 0, found);
        return found;
    }

    private static void Add(SchemaNode schema, string path, int depth, List<RuleArgument> found)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        foreach (var (name, value) in schema.Properties.Where(p => p.Name.Length > 0 && p.Name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-')))
        {
            AddValue(value, $"{path}.{name}", depth + 1, found);
        }
    }

    private static void AddValue(SchemaNode schema, string path, int depth, List<RuleArgument> found)
    {
        if (found.Count >= MaxArguments)
        {
            return;
        }

        if (schema.Type == "object" || schema.HasProperties)
        {
            Add(schema, path, depth, found);
        }
        else if (schema.Type == "array" && depth <= MaxDepth && schema.Items is { } items)
        {
            AddValue(items, path + "[*]", depth + 1, found);
        }
        else
        {
            found.Add(new RuleArgument(path, schema.Type));
        }
    }
}
