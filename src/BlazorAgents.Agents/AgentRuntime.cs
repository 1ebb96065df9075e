using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Agents;

/// <summary>What all runs of one agent share.</summary>
internal sealed record AgentRuntime(
    IChatClient Client,
    ChatAgentOptions Options,
    TimeProvider Time,
    IServiceProvider? Services,
    ILogger Logger);
