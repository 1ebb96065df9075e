using Microsoft.Extensions.Logging;

namespace BlazorAgents.Agents;

/// <summary>Log messages of the agent layer.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The tool {Tool} failed (call {CallId})")]
    public static partial void ToolFailed(ILogger logger, Exception exception, string tool, string callId);

    [LoggerMessage(2, LogLevel.Warning, "The tool {Tool} took longer than {Timeout} and was abandoned (call {CallId})")]
    public static partial void ToolTimedOut(ILogger logger, string tool, string callId, TimeSpan timeout);

    [LoggerMessage(3, LogLevel.Error, "The messages of a run that had ended early could not be stored")]
    public static partial void StoreFailed(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "The model call failed ({Kind}); attempt {Attempt} follows in {Delay}")]
    public static partial void RetryScheduled(ILogger logger, Exception exception, AgentErrorKind kind, int attempt, TimeSpan delay);

    [LoggerMessage(5, LogLevel.Error, "Calls to {Endpoint} are paused for {Duration} after repeated failures")]
    public static partial void CircuitOpened(ILogger logger, string endpoint, TimeSpan duration);

    [LoggerMessage(6, LogLevel.Information, "Calls to {Endpoint} go on")]
    public static partial void CircuitClosed(ILogger logger, string endpoint);

    [LoggerMessage(7, LogLevel.Warning, "The preview of the tool {Tool} failed")]
    public static partial void PreviewFailed(ILogger logger, Exception exception, string tool);

    [LoggerMessage(8, LogLevel.Warning, "The preview of the tool {Tool} took longer than {Timeout} and was abandoned")]
    public static partial void PreviewTimedOut(ILogger logger, string tool, TimeSpan timeout);
}
