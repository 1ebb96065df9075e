using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

public sealed class AssistantsApiBehaviourTests() : BehaviourTests(ClientType.AssistantsApi);
