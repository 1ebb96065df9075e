namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>The outcome of a program; Error is null if it ran to its end.</summary>
internal sealed record PythonResult(string Output, string? Error, IReadOnlyDictionary<string, byte[]> Files)
{
    /// <summary>What a terminal would have shown.</summary>
    public string Logs => Error is null ? Output : Output + Error + "\n";
}
