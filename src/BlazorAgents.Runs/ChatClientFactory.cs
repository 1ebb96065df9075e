using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>Gives the chat client for a model; null asks for the default model. The caller does not dispose it.</summary>
public delegate IChatClient ChatClientFactory(string? modelId);
