using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

public sealed class ChatBehaviourTests() : BehaviourTests(ClientType.Chat);
