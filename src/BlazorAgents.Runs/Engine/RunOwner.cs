using System.Diagnostics;
using System.Globalization;

namespace BlazorAgents.Runs;

/// <summary>Names this process as the owner of its runs, so that another can tell whether it still lives.</summary>
internal static class RunOwner
{
    /// <summary>machine/process id/start in UTC ticks.</summary>
    public static string Current { get; } = Name(Process.GetCurrentProcess());

    /// <summary>True when <paramref name="owner"/> is a process of this machine that has ended. Of another machine only the lease tells.</summary>
    public static bool IsGone(string? owner)
    {
        if (owner?.Split('/') is not [var machine, var id, _] || machine != Environment.MachineName || !int.TryParse(id, CultureInfo.InvariantCulture, out var pid))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            return Name(process) != owner;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended while it was looked at, or it is another user's: the lease decides.
            return false;
        }
    }

    private static string Name(Process process)
    {
        // Linux derives the start time from clock ticks and the boot time; a second of slack is lost by rounding.
        var start = process.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond;
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{process.Id}/{start}");
    }
}
