namespace BlazorAgents.Emulator.VectorStores;

/// <summary>How many files stand where.</summary>
internal sealed record FileCounts(int InProgress, int Completed, int Failed, int Cancelled)
{
    public object Shape => new
    {
        in_progress = InProgress,
        completed = Completed,
        failed = Failed,
        cancelled = Cancelled,
        total = InProgress + Completed + Failed + Cancelled,
    };

    public static FileCounts Of(IReadOnlyCollection<VectorStoreFile> files) => new(
        files.Count(file => file.Status == "in_progress"),
        files.Count(file => file.Status == "completed"),
        files.Count(file => file.Status == "failed"),
        files.Count(file => file.Status == "cancelled"));
}
