using System.Globalization;
using System.Text.Json;

namespace BlazorAgents.Agents.Schema;

/// <summary>The "format" keyword, for the formats that C# types and validation attributes give; others are ignored.</summary>
internal static class FormatRules
{
    /// <summary>What is expected when the value does not have the format; null when it has.</summary>
    public static string? Problem(string format, JsonElement value)
    {
        var text = value.GetString()!;
        return format switch
        {
            "date" when !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => "a date (yyyy-MM-dd)",
            "date-time" when !value.TryGetDateTimeOffset(out _) => "a date and time (yyyy-MM-ddTHH:mm:ssZ)",
            "time" when !TimeOnly.TryParse(text.TrimEnd('Z', 'z'), CultureInfo.InvariantCulture, out _) => "a time of day (HH:mm:ss)",
            "uuid" when !value.TryGetGuid(out _) => "a UUID",
            "email" when !IsAddress(text) => "an e-mail address",
            "uri" when !IsAbsolute(text) => "an absolute address like https://example.com/",
            _ => null,
        };
    }

    private static bool IsAddress(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }

    /// <summary>With a scheme of its own: a mere path counts as a file's address on Linux.</summary>
    private static bool IsAbsolute(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.TrimStart().StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase);
}
