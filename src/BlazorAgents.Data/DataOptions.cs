namespace BlazorAgents.Data;

/// <summary>The section <c>Data</c> of the configuration.</summary>
public sealed class DataOptions
{
    /// <summary>The folder for the database, keys and files; relative to the content root. Created when missing.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>How long a statement waits for another process's lock before it fails, in seconds.</summary>
    public int LockTimeoutSeconds { get; set; } = 30;
}
