using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>The tools granted to one run: the agent's, then the run's own. Of several with one name the first counts: nothing takes an agent's tool over.</summary>
internal sealed class ToolCatalog
{
    private readonly Dictionary<string, AITool> _tools = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public ToolCatalog(IEnumerable<AITool> agentTools, IEnumerable<AITool> runTools)
    {
        foreach (var tool in agentTools.Concat(runTools))
        {
            if (_tools.TryAdd(tool.Name, tool))
            {
                _order.Add(tool.Name);
            }
        }
    }

    /// <summary>All tools in the order in which they were granted.</summary>
    public IReadOnlyList<AITool> Tools => [.. _order.Select(name => _tools[name])];

    /// <summary>The names that a model may call here; hosted tools run on the provider's side.</summary>
    public IEnumerable<string> CallableNames => _order.Where(name => _tools[name] is AIFunction);

    public AIFunction? Find(string name) => _tools.GetValueOrDefault(name) as AIFunction;
}
