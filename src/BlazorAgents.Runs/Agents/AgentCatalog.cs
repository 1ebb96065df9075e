namespace BlazorAgents.Runs;

/// <summary>The agents of this installation; the first registered is the default.</summary>
public sealed class AgentCatalog(IEnumerable<AgentDefinition> agents)
{
    /// <summary>All agents, the default first.</summary>
    public IReadOnlyList<AgentDefinition> All { get; } = [.. agents];

    /// <summary>The agent of a new conversation.</summary>
    public AgentDefinition Default => All[0];

    /// <summary>The agent with this id, or null.</summary>
    public AgentDefinition? Find(string id) => All.FirstOrDefault(agent => agent.Id == id);
}
