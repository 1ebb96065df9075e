using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>Which process made an assistant, as its metadata tells. The machine's name goes out as a hash only.</summary>
/// <param name="Host">A hash of the machine's name.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="StartedAt">When that process began, in Unix seconds: numbers of processes come again.</param>
internal sealed record AssistantOwner(string Host, int ProcessId, long StartedAt)
{
    /// <summary>The metadata's name for the owner.</summary>
    public const string OwnerKey = "blazoragents";

    /// <summary>The metadata's name for the time it was made, in Unix seconds.</summary>
    public const string CreatedKey = "blazoragents_created";

    private const long ClockTolerance = 5;

    private static readonly Lazy<AssistantOwner> s_current = new(FindCurrent);

    public static AssistantOwner Current => s_current.Value;

    public static AssistantOwner? Parse(string? text) =>
        text?.Split('/') is [{ Length: > 0 } host, var process, var started]
        && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? new AssistantOwner(host, id, at)
            : null;

    /// <summary>True or false for a process of this machine; null for another machine's, of which nothing is known.</summary>
    public bool? IsGone()
    {
        if (Host != Current.Host)
        {
            return null;
        }

        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return Math.Abs(StartOf(process) - StartedAt) > ClockTolerance;
        }
        catch (ArgumentException)
        {
            return true; // no such process
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null; // it ended just now, or is somebody else's
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}/{ProcessId}/{StartedAt}");

    private static AssistantOwner FindCurrent()
    {
        using var process = Process.GetCurrentProcess();
        var host = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName)))[..16];
        return new AssistantOwner(host, process.Id, StartOf(process));
    }

    private static long StartOf(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
}
