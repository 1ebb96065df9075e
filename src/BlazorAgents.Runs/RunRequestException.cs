namespace BlazorAgents.Runs;

/// <summary>A request was refused; the message is for the user and says what to do.</summary>
public sealed class RunRequestException(RunRequestError error, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public RunRequestError Error { get; } = error;
}
