using System.Globalization;

namespace BlazorAgents.Agents.Pipeline;

/// <summary>Decides for one call whether and when it is tried again.</summary>
internal sealed class RetrySchedule(RetryOptions options)
{
    private TimeSpan _waited;

    /// <summary>The number of the attempt that runs now, from 1.</summary>
    public int Attempt { get; private set; } = 1;

    /// <summary>The wait before the next attempt, or null when <paramref name="fault"/> ends the call.</summary>
    /// <exception cref="AgentException">The provider asks for a longer wait than a call may take; the text says how long.</exception>
    public TimeSpan? Next(AgentException fault)
    {
        if (!fault.IsTransient || fault.IsRetryPointless || Attempt >= options.MaxAttempts)
        {
            return null;
        }

        var left = options.MaxTotalDelay - _waited;
        if (fault.RetryAfter > left)
        {
            throw TooLong(fault, fault.RetryAfter.Value);
        }

        var delay = Delay(fault);
        delay = delay > left ? left : delay;
        _waited += delay;
        Attempt++;
        return delay;
    }

    /// <summary>The server's own wait is never cut short: jitter only adds to it.</summary>
    private TimeSpan Delay(AgentException fault)
    {
        var jitter = options.Jitter();
        return fault.RetryAfter is { } asked
            ? asked + (options.BaseDelay * jitter)
            : options.BaseDelay * Math.Pow(2, Attempt - 1) * (0.5 + jitter);
    }

    private static AgentException TooLong(AgentException fault, TimeSpan wait)
    {
        var minutes = Math.Ceiling(wait.TotalMinutes);
        var when = wait < TimeSpan.FromMinutes(2)
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds):0} seconds")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes:0} minutes");
        return new AgentException(fault.Kind, $"{fault.Message} The provider asks to try again in {when}.", fault)
        {
            RetryAfter = wait,
            IsRetryPointless = true,
        };
    }
}
