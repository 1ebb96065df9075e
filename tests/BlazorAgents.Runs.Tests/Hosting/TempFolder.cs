namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>A folder of the test's own; several hosts may share it, as several processes would.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("runs-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
