using System.Diagnostics;
using System.Globalization;

namespace BlazorAgents.Runs;

/// <summary>Names an engine as the owner of its runs, so that another can tell whether its process still lives.</summary>
internal static class RunOwner
{
    private static readonly string s_process = Describe();

    /// <summary>A new owner in this process: machine/process id/start/number.</summary>
    public static string Create() => $"{s_process}/{Guid.NewGuid():N}";

    /// <summary>True when <paramref name="owner"/> was a process of this machine that has ended. Of another machine only the lease tells.</summary>
    public static bool IsGone(string? owner)
    {
        if (owner?.Split('/') is not [var machine, var id, var start, ..] || machine != Environment.MachineName
            || !int.TryParse(id, CultureInfo.InvariantCulture, out var pid))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            return StartOf(process) != start;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            // It ended while it was looked at, or it is another user's: the lease decides.
            return false;
        }
    }

    private static string Describe()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{process.Id}/{StartOf(process)}");
    }

    // On Linux .NET works the start out from the wall clock, so that it moves when the clock is set; the kernel's own count does not.
    private static string StartOf(Process process)
    {
        if (!OperatingSystem.IsLinux())
        {
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }

        // proc(5): the name in parentheses may hold anything; after it come the state and, 19 fields on, the start in ticks since boot.
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? "ended" : fields[19];
    }
}
