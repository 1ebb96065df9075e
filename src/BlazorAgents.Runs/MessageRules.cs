using System.Text;

namespace BlazorAgents.Runs;

/// <summary>What a message may be.</summary>
public static class MessageRules
{
    /// <summary>Most characters of a message.</summary>
    public const int MaxLength = 100_000;

    /// <summary>Longest model id, in characters.</summary>
    private const int MaxModelLength = 200;

    /// <summary>Line ends as LF, control characters removed, lone surrogates replaced by U+FFFD, trimmed at both ends.</summary>
    /// <exception cref="RunRequestException">Nothing is left, or it is too long.</exception>
    public static string Clean(string? text) =>
        Clean(text, MaxLength, "The message is empty. Type something to send.", "message", "Shorten it, or send it in parts.");

    /// <summary>A title on one line, by the same rules.</summary>
    internal static string CleanTitle(string? title) =>
        Clean(title, Titles.MaxLength, "The title is empty. Type a few words.", "title", "Shorten it.").Replace('\n', ' ');

    /// <summary>A model's id, which providers compare letter by letter.</summary>
    internal static string? CheckModel(string? modelId) => modelId is null || (modelId.Length is > 0 and <= MaxModelLength && !modelId.Any(char.IsControl))
        ? modelId
        : throw new RunRequestException(RunRequestError.Invalid, "The model does not exist. Choose one from the list.");

    private static string Clean(string? text, int maxLength, string empty, string field, string advice)
    {
        if (text is { Length: > MaxLength * 2 })
        {
            throw TooLong(text.Length, maxLength, field, advice);
        }

        var clean = new StringBuilder(text?.Length ?? 0);
        foreach (var rune in (text ?? "").ReplaceLineEndings("\n").EnumerateRunes())
        {
            // EnumerateRunes gives U+FFFD for a lone surrogate, which JSON and UTF-8 can carry.
            if (rune.Value is '\n' or '\t' || !Rune.IsControl(rune))
            {
                clean.Append(rune);
            }
        }

        var result = clean.ToString().Trim();
        return result.Length switch
        {
            0 => throw new RunRequestException(RunRequestError.Invalid, empty),
            var length when length > maxLength => throw TooLong(length, maxLength, field, advice),
            _ => result,
        };
    }

    private static RunRequestException TooLong(int length, int maxLength, string field, string advice) => new(
        RunRequestError.Invalid, $"The {field} has {length:N0} characters; at most {maxLength:N0} are allowed. {advice}");
}
