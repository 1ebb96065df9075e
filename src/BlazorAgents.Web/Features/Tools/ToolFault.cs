using BlazorAgents.Runs;
using BlazorAgents.Web.Security;

namespace BlazorAgents.Web.Features.Tools;

/// <summary>What the tool pages say when something went wrong.</summary>
internal static partial class ToolFault
{
    /// <summary>A sentence for the person; what they cannot help is logged, with a number to find it by.</summary>
    public static string Describe(Exception exception, string words, ILogger logger)
    {
        switch (exception)
        {
            case NotSignedInException:
                return "You are signed out. Reload the page and sign in again.";
            case UnauthorizedAccessException or RunRequestException:
                return exception.Message;
            default:
                var correlation = Guid.NewGuid().ToString("N")[..12];
                Failed(logger, correlation, exception);
                return $"{words} Error {correlation}.";
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A tool page failed ({Correlation})")]
    private static partial void Failed(ILogger logger, string correlation, Exception exception);
}
