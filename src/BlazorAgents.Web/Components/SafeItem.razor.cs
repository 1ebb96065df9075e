using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace BlazorAgents.Web.Components;

/// <summary>An error boundary around one item of a page.</summary>
public sealed partial class SafeItem : ErrorBoundaryBase
{
    private string _correlationId = "";

    [Inject] public required ILogger<SafeItem> Logger { get; init; }

    protected override Task OnErrorAsync(Exception exception)
    {
        _correlationId = RandomNumberGenerator.GetHexString(8, lowercase: true);
        LogFault(Logger, exception, _correlationId);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A part of a page failed; correlation id {CorrelationId}")]
    private static partial void LogFault(ILogger logger, Exception exception, string correlationId);
}
