using Microsoft.Extensions.Logging;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>Log messages about what the Assistants clients keep on a server.</summary>
internal static partial class AssistantsLog
{
    [LoggerMessage(101, LogLevel.Warning, "The {Kind} {Id} could not be ended or deleted on the server")]
    public static partial void NotDeleted(ILogger logger, Exception exception, string kind, string id);

    [LoggerMessage(103, LogLevel.Information, "The leaked assistant {Id} was deleted")]
    public static partial void LeakedDeleted(ILogger logger, string id);

    [LoggerMessage(104, LogLevel.Warning, "Leaked assistants could not be looked for")]
    public static partial void JanitorFailed(ILogger logger, Exception exception);
}
