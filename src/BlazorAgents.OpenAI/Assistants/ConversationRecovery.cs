using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Errors;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>What one call does about a conversation that does not take its request: calls left open are closed, and a stopped answer that the server still ends is waited for.</summary>
internal sealed class ConversationRecovery(ConversationMender mender, TimeProvider time)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly long _begun = time.GetTimestamp();
    private bool _isMended;

    /// <summary>True when the request may be sent again after <see cref="RecoverAsync"/>.</summary>
    public bool CanRecover(AgentException fault) =>
        (!_isMended && ConversationMender.CanMend(fault)) || (IsLocked(fault) && time.GetElapsedTime(_begun) < s_patience);

    /// <summary>The input to send now.</summary>
    public async Task<IReadOnlyList<ChatMessage>> RecoverAsync(
        AgentException fault, string conversationId, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        if (IsLocked(fault))
        {
            await Task.Delay(s_poll, time, cancellationToken);
            return messages;
        }

        _isMended = true;
        return await mender.MendAsync(conversationId, messages, cancellationToken);
    }

    private static bool IsLocked(AgentException fault) => fault.Message == ErrorTranslator.ConversationLocked;
}
