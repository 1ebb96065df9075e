namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>Something that happens again and again, for states that are looked at each time it happened.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = New();

    public void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    /// <summary>Waits until <paramref name="reached"/> holds; it is looked at now and after each signal.</summary>
    public async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var patience = new CancellationTokenSource(Waiting.Patience);
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (await reached())
            {
                return;
            }

            await next.WaitAsync(patience.Token);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
