using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Http.Headers;

namespace BlazorAgents.OpenAI.Errors;

/// <summary>Reads how long a server asks to wait: retry-after-ms, Retry-After in seconds, Retry-After as a date.</summary>
internal static class RetryAfterHeader
{
    public static TimeSpan? Read(PipelineResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.TryGetValue("retry-after-ms", out var text)
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return Limit(milliseconds);
        }

        if (!headers.TryGetValue("Retry-After", out text))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return Limit(seconds * 1000);
        }

        return RetryConditionHeaderValue.TryParse(text, out var value) && value.Date is { } date
            ? Limit((date - now).TotalMilliseconds)
            : null;
    }

    private static TimeSpan Limit(double milliseconds) =>
        TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, TimeSpan.FromDays(30).TotalMilliseconds));
}
