using System.Runtime.CompilerServices;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Web.Tests.Chat;

/// <summary>Scripts of answers that stop in the middle until the test lets them go on.</summary>
internal static class GatedModel
{
    public static ScriptedChatClient ThenGated(this ScriptedChatClient model, Task gate, string before, string after) =>
        model.Then((_, cancellation) => StreamAsync(gate, before, after, cancellation));

    private static async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        Task gate, string before, string after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, before);
        await gate.WaitAsync(Waiting.Patience, cancellation);
        yield return new ChatResponseUpdate(ChatRole.Assistant, after) { FinishReason = ChatFinishReason.Stop };
    }
}
