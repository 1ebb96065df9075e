namespace BlazorAgents.Web.Features.Chat;

internal static partial class ChatLog
{
    [LoggerMessage(1, LogLevel.Error, "The chat action {Action} failed, correlation {CorrelationId}")]
    public static partial void ActionFailed(ILogger logger, string action, string correlationId, Exception exception);
}
