using System.Runtime.CompilerServices;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>Scripts of models that a test holds up in the middle.</summary>
internal static class Scripts
{
    /// <summary>The next call says one text, waits at the gate, says the other and finishes.</summary>
    public static ScriptedChatClient ThenGated(this ScriptedChatClient model, Gate gate, string before, string after = "") =>
        model.Then((_, cancellationToken) => SpeakAsync(gate, before, after, cancellationToken));

    /// <summary>The next call reports tokens and this text.</summary>
    public static ScriptedChatClient ThenUsage(this ScriptedChatClient model, string text, int input, int output) =>
        model.Then(
            ChatFinishReason.Stop,
            new TextContent(text),
            new UsageContent(new UsageDetails { InputTokenCount = input, OutputTokenCount = output }));

    public static ChatResponseUpdate Say(string text) => new(ChatRole.Assistant, [new TextContent(text)]) { ModelId = "scripted" };

    public static ChatResponseUpdate End() => new(ChatRole.Assistant, []) { ModelId = "scripted", FinishReason = ChatFinishReason.Stop };

    private static async IAsyncEnumerable<ChatResponseUpdate> SpeakAsync(
        Gate gate, string before, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (before.Length > 0)
        {
            yield return Say(before);
        }

        await gate.PassAsync(cancellationToken);
        if (after.Length > 0)
        {
            yield return Say(after);
        }

        yield return End();
    }
}
