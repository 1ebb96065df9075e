using BlazorAgents.Agents.Schema;
using BlazorAgents.Runs;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>The tools of this installation, as a rule's pattern and paths may name them.</summary>
public sealed class RuleTools
{
    private const int MaxArguments = 60;
    private const int MaxDepth = 5;
    private const int MaxSteps = 500;

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

        // Outer ones first: an argument that holds itself must not fill the list before the next one's turn.
        var found = new List<RuleArgument>();
        var waiting = new Queue<(SchemaNode Schema, string Path, int Depth)>([(SchemaNode.Of(function.JsonSchema), "$", 0)]);
        for (var step = 0; step < MaxSteps && found.Count < MaxArguments && waiting.TryDequeue(out var place); step++)
        {
            var (schema, path, depth) = place;
            if (schema.Type == "array" && schema.Items is { } items)
            {
                Descend(items, path + "[*]", depth);
            }
            else if (schema.Type == "object" || schema.HasProperties)
            {
                foreach (var (name, member) in schema.Properties.Where(p => p.Name.Length > 0 && p.Name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-')))
                {
                    Descend(member, $"{path}.{name}", depth);
                }
            }
            else if (depth > 0)
            {
                found.Add(new RuleArgument(path, schema.Type));
            }
        }

        return found;

        void Descend(SchemaNode schema, string path, int depth)
        {
            if (depth < MaxDepth && waiting.Count < MaxSteps)
            {
                waiting.Enqueue((schema, path, depth + 1));
            }
        }
    }
}
