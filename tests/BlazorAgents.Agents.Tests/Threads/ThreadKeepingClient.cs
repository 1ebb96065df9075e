using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.Threads;

/// <summary>A scripted model whose provider keeps threads: each answer bears the id that the test gives.</summary>
internal sealed class ThreadKeepingClient(bool areDefault = true) : DelegatingChatClient(new ScriptedChatClient()), IServiceThreads
{
    public bool AreDefault { get; } = areDefault;

    public ScriptedChatClient Script => (ScriptedChatClient)InnerClient;

    public List<string> Deleted { get; } = [];

    public int CleanUps { get; private set; }

    /// <summary>The conversation ids and roles of each request: "conv_1: tool user".</summary>
    public IEnumerable<string> Requests => Script.Requests.Select(
        r => $"{r.Options!.ConversationId ?? "new"}: {string.Join(' ', r.Messages.Select(m => m.Role))}");

    /// <summary>The next call answers under this id with these contents.</summary>
    public ThreadKeepingClient Then(string? id, ChatFinishReason reason, params AIContent[] contents)
    {
        Script.Then((_, ct) => WithIdAsync(id, ScriptedChatClient.Stream(reason, contents, ct)));
        return this;
    }

    /// <summary>The next call answers with text under this id.</summary>
    public ThreadKeepingClient ThenText(string? id, string text) => Then(id, ChatFinishReason.Stop, new TextContent(text));

    /// <summary>The next call asks for a tool under this id.</summary>
    public ThreadKeepingClient ThenCalls(string? id, params FunctionCallContent[] calls) => Then(id, ChatFinishReason.ToolCalls, [.. calls]);

    /// <summary>The next call sends these contents under this id, then breaks.</summary>
    public ThreadKeepingClient ThenFault(string id, params AIContent[] contents)
    {
        Script.Then((_, _) => BreakAsync(id, contents));
        return this;
    }

    public Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(string threadId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChatMessage>>([new ChatMessage(ChatRole.User, $"in {threadId}")]);

    public Task DeleteAsync(string threadId, CancellationToken cancellationToken)
    {
        Deleted.Add(threadId);
        return Task.CompletedTask;
    }

    public Task CleanUpAsync()
    {
        CleanUps++;
        return Task.CompletedTask;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> WithIdAsync(string? id, IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        await foreach (var update in updates)
        {
            update.ConversationId = id;
            yield return update;
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> BreakAsync(string id, AIContent[] contents)
    {
        foreach (var content in contents)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]) { ConversationId = id };
        }

        throw new IOException("reset");
    }
}
