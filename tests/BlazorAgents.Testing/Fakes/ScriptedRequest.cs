using Microsoft.Extensions.AI;

namespace BlazorAgents.Testing.Fakes;

/// <summary>What a <see cref="ScriptedChatClient"/> was asked.</summary>
public sealed record ScriptedRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options);
