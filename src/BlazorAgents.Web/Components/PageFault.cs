using BlazorAgents.Runs;
using BlazorAgents.Web.Security;

namespace BlazorAgents.Web.Components;

/// <summary>What a page says when something it did went wrong, in place of an exception that would end the circuit.</summary>
internal static partial class PageFault
{
    /// <summary>A sentence for the person; what they cannot help is logged, with a number to find it by.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="words">What did not work and what to do, as a sentence.</param>
    /// <param name="logger">The page's.</param>
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
                Failed(logger, correlation, words, exception);
                return $"{words} Error {correlation}.";
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed ({Correlation}): {Words}")]
    private static partial void Failed(ILogger logger, string correlation, string words, Exception exception);
}
