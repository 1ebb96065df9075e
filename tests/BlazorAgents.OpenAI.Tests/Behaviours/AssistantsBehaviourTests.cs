using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

public sealed class AssistantsBehaviourTests() : BehaviourTests(ClientType.Assistants);
