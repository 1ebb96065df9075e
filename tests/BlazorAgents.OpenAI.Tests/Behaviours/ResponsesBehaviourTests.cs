using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

public sealed class ResponsesBehaviourTests() : BehaviourTests(ClientType.Responses);
