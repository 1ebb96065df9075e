using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>An agent: a chat client with instructions, tools and a tool loop. Works with any <see cref="IChatClient"/>.</summary>
public sealed class ChatAgent(IChatClient client, ChatAgentOptions options, TimeProvider? time = null)
{
    /// <summary>What the agent is.</summary>
    public ChatAgentOptions Options { get; } = options;

    /// <summary>A new thread with its memory in this process.</summary>
#pragma warning disable CA1822 // an instance method like the guide's: a client type may make another kind of thread
    public AgentThread GetNewThread() => new();
#pragma warning restore CA1822

    /// <summary>Streams the answer to <paramref name="messages"/>.</summary>
    /// <exception cref="ArgumentException">The input is empty.</exception>
    /// <exception cref="AgentException">The model call failed; what was streamed before stays valid.</exception>
    public async IAsyncEnumerable<AgentUpdate> RunStreamingAsync(
        IReadOnlyList<ChatMessage> messages,
        AgentThread? thread = null,
        AgentRunOptions? runOptions = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _ = (client, time, messages, thread, runOptions, cancellationToken);
        await Task.CompletedTask;
        yield break;
    }
}
