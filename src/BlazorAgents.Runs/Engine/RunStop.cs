namespace BlazorAgents.Runs;

/// <summary>The way to stop one run from outside, and why it was stopped; the first reason counts.</summary>
internal sealed class RunStop : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private int _reason;

    public RunStop() => Token = _source.Token;

    public CancellationToken Token { get; }

    public RunStopReason Reason => (RunStopReason)Volatile.Read(ref _reason);

    public void Stop(RunStopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)RunStopReason.None) != (int)RunStopReason.None)
        {
            return;
        }

        try
        {
            // Callbacks of the token close connections; they must not run on the caller's thread.
            _ = _source.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The run ended a moment ago.
        }
    }

    public void Dispose() => _source.Dispose();
}
