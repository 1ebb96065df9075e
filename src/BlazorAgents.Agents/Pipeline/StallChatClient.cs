using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Pipeline;

/// <summary>Ends a call that has gone silent, even when the client below ignores its token. The reader's own pauses do not count.</summary>
public sealed class StallChatClient(IChatClient innerClient, StallOptions stallOptions, TimeProvider time) : DelegatingChatClient(innerClient)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var silence = new CancellationTokenSource(stallOptions.BeforeFirstUpdate, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await base.GetResponseAsync(messages, options, either.Token).WaitAsync(either.Token);
        }
        catch (Exception exception) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Stalled(stallOptions.BeforeFirstUpdate, hasStarted: false, exception);
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var silence = new CancellationTokenSource(stallOptions.BeforeFirstUpdate, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        var updates = base.GetStreamingResponseAsync(messages, options, either.Token).GetAsyncEnumerator(either.Token);
        var pending = Task.FromResult(true);
        var allowed = stallOptions.BeforeFirstUpdate;
        var hasStarted = false;
        try
        {
            while (true)
            {
                try
                {
                    silence.CancelAfter(allowed);
                    pending = updates.MoveNextAsync().AsTask();
                    if (!await pending.WaitAsync(either.Token))
                    {
                        yield break;
                    }
                }
                catch (Exception exception) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                {
                    throw Stalled(allowed, hasStarted, exception);
                }

                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                hasStarted = true;
                allowed = IsWriting(updates.Current) ? stallOptions.BetweenUpdates : stallOptions.BeforeFirstUpdate;
                yield return updates.Current;
            }
        }
        finally
        {
            await ReleaseAsync(updates, pending);
        }
    }

    /// <summary>Text comes without long pauses; a model that thinks, or waits for a tool of its provider, may be silent for as long as before.</summary>
    private static bool IsWriting(ChatResponseUpdate update)
    {
        for (var i = 0; i < update.Contents.Count; i++)
        {
            if (update.Contents[i] is TextContent { Text.Length: > 0 })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An enumerator cannot be disposed while it still waits; one that ignores its token is released when it ends.</summary>
    private static async ValueTask ReleaseAsync(IAsyncEnumerator<ChatResponseUpdate> updates, Task pending)
    {
        if (pending.IsCompleted)
        {
            await updates.DisposeAsync();
            return;
        }

        _ = pending.ContinueWith(
            async ended =>
            {
                _ = ended.Exception; // nobody waits for it any more
                await updates.DisposeAsync();
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    private static AgentException Stalled(TimeSpan silence, bool hasStarted, Exception cause)
    {
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{silence.TotalSeconds:0.#}");
        return new AgentException(
            AgentErrorKind.Timeout,
            hasStarted
                ? $"The model stopped sending: nothing came for {seconds} seconds. What came before is kept."
                : $"The model did not begin to answer within {seconds} seconds. Try again in a moment.",
            cause)
        {
            BrokeMidStream = hasStarted,
        };
    }
}
