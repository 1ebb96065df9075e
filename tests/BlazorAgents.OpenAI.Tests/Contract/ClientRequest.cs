using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Contract;

/// <summary>Something that any of our clients may be asked.</summary>
internal sealed record ClientRequest(string Name, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options = null);
