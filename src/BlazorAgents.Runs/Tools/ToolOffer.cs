using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Runs;

/// <summary>A tool that a person may use with an agent now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it tells the model about itself.</param>
/// <param name="Risk">What it can do to the world.</param>
/// <param name="IsOwn">The agent's own, there unless left out; else only there when added.</param>
public sealed record ToolOffer(string Name, string Description, ToolRisk Risk, bool IsOwn);
