using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>A whole answer.</summary>
/// <param name="Messages">The messages the run added: the model's, and tool results, in order.</param>
/// <param name="Usage">Tokens of all model calls of the run.</param>
/// <param name="FinishReason">Why the run ended.</param>
public record AgentResponse(IReadOnlyList<ChatMessage> Messages, UsageDetails Usage, AgentFinishReason FinishReason)
{
    /// <summary>The answer's text (or the refusal's), without reasoning and tool results.</summary>
    public string Text => string.Concat(
        Messages.Where(m => m.Role == ChatRole.Assistant).SelectMany(m => m.Contents).Select(RefusalText.Of));

    /// <summary>What people must decide before the agent can go on: send each one's <c>CreateResponse</c> in the next message of the thread.</summary>
    public IReadOnlyList<ToolApprovalRequestContent> UserInputRequests => [.. Messages.SelectMany(m => m.Contents).OfType<ToolApprovalRequestContent>()];

    /// <inheritdoc/>
    public sealed override string ToString() => Text;
}
