using BlazorAgents.Agents;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>Opens an agent's memory of a conversation, wherever the conversation keeps it.</summary>
public sealed class RunMemory(Database database, TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>The thread that a run goes on with, and what to send before the message itself.</summary>
    /// <param name="run">The run.</param>
    /// <param name="leafRunId">The last answer that the model must know; the run itself when it is continued.</param>
    /// <param name="isResumed">The run waited for people and goes on with their decisions.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    internal async Task<(AgentThread Thread, IReadOnlyList<ChatMessage> Before)> OpenAsync(
        Run run, Guid? leafRunId, bool isResumed, CancellationToken cancellationToken)
    {
        var resumed = isResumed ? run.Id : (Guid?)null;
        switch (run.Memory)
        {
            case ConversationMemory.None:
                return (Ours(leafRunId == run.Id ? leafRunId : null, maxExchanges: 1, resumed: resumed), []);
            case ConversationMemory.Process:
                return (Ours(leafRunId, since: _startedAt, resumed: resumed), []);
            case ConversationMemory.Provider when isResumed:
                // The provider waits for the results of the calls; without a thread to give them to, it gets everything from us.
                return (run.ServiceThread is { } waiting ? AgentThread.Restore(waiting) : Ours(leafRunId, resumed: resumed), []);
            case ConversationMemory.Provider:
                // A cut-off answer is no safe place to go on at the provider: it gets the whole history in a new thread.
                var known = leafRunId is { } leaf && leaf != run.Id ? await FindServiceThreadAsync(run, leaf, cancellationToken) : null;
                return known is not null
                    ? (AgentThread.Restore(known), [])
                    : (AgentThread.OnService(), await new ConversationMessageStore(database, leafRunId).GetMessagesAsync(cancellationToken));
            default:
                return (Ours(leafRunId, resumed: resumed), []);
        }
    }

    /// <summary>The provider knows nothing of this thread any more: the next answer gets the whole history in a new one.</summary>
    internal Task ForgetServiceThreadAsync(Guid conversationId, string serviceThreadId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context => context.Runs.Where(r => r.ConversationId == conversationId && r.ServiceThreadId == serviceThreadId)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(r => r.ServiceThreadId, (string?)null).SetProperty(r => r.ServiceThread, (string?)null), cancellationToken),
            cancellationToken);

    /// <summary>True for the id of a chained answer, which is a thread of its own for each answer.</summary>
    internal static bool IsChain(string serviceThreadId) => serviceThreadId.StartsWith("resp_", StringComparison.Ordinal);

    private AgentThread Ours(Guid? leafRunId, int? maxExchanges = null, DateTimeOffset? since = null, Guid? resumed = null) =>
        new(new ConversationMessageStore(database, leafRunId, maxExchanges, since, resumed));

    /// <summary>
    /// The thread in which the answer before stands, if it can be gone on with: same provider and client type, and nothing was said in
    /// it since (a sibling answer for example; threads of chained answers branch by themselves).
    /// </summary>
    private Task<string?> FindServiceThreadAsync(Run run, Guid leafRunId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context =>
            {
                var leaf = await context.Runs.SingleOrDefaultAsync(r => r.Id == leafRunId, cancellationToken);
                if (leaf is not { ServiceThread: not null, ServiceThreadId: { } id } || leaf.ProviderId != run.ProviderId || leaf.ClientType != run.ClientType)
                {
                    return null;
                }

                var wentOn = !IsChain(id) && await context.Runs.AnyAsync(
                    r => r.ConversationId == run.ConversationId && r.ServiceThreadId == id && r.Id != run.Id && r.CreatedAt > leaf.CreatedAt,
                    cancellationToken);
                return wentOn ? null : leaf.ServiceThread;
            },
            cancellationToken);
}
