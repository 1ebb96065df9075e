using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>The agents of this installation, the first registered is the default, and the tools that people may add to them.</summary>
public sealed class AgentCatalog(IEnumerable<AgentDefinition> agents, IEnumerable<RunLevelTool> runLevelTools)
{
    private readonly List<AIFunction> _runLevel = [.. runLevelTools.Select(tool => tool.Tool).DistinctBy(tool => tool.Name)];

    /// <summary>All agents, the default first.</summary>
    public IReadOnlyList<AgentDefinition> All { get; } = [.. agents];

    /// <summary>The agent of a new conversation.</summary>
    public AgentDefinition Default => All[0];

    /// <summary>The agent with this id, or null.</summary>
    public AgentDefinition? Find(string id) => All.FirstOrDefault(agent => agent.Id == id);

    /// <summary>A tool that a run of the agent may have: its own or one added; null when there is none of this name.</summary>
    public AITool? FindTool(string agentId, string name) =>
        Find(agentId) is not { } agent ? null : ToolsOf(agent).FirstOrDefault(tool => tool.Name == name);

    /// <summary>All tools that a run of the agent may have, each name once: its own, then those that people may add.</summary>
    public IEnumerable<AITool> ToolsOf(AgentDefinition agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return agent.Tools.DistinctBy(tool => tool.Name).Concat(RunLevelToolsOf(agent));
    }

    /// <summary>What can be added to the agent. A name that it uses itself is its own, whoever may have it.</summary>
    public IEnumerable<AIFunction> RunLevelToolsOf(AgentDefinition agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return _runLevel.Where(tool => agent.Tools.All(own => own.Name != tool.Name));
    }

    /// <summary>The tools of a choice, whoever made it: what is granted of them is <see cref="ToolGrants"/>' to say.</summary>
    public RunTools Choose(AgentDefinition agent, ToolChoice choice)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(choice);
        return new RunTools(
            [.. agent.Tools.Where(tool => !choice.LeftOut.Contains(tool.Name))],
            [.. RunLevelToolsOf(agent).Where(tool => choice.Added.Contains(tool.Name))]);
    }
}
