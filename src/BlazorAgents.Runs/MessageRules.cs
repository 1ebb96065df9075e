using System.Text;

namespace BlazorAgents.Runs;

/// <summary>What a message may be.</summary>
public static class MessageRules
{
    /// <summary>Most characters of a message.</summary>
    public const int MaxLength = 100_000;

    /// <summary>Line ends as LF, control characters and lone surrogates removed, trimmed at both ends.</summary>
    /// <exception cref="RunRequestException">Nothing is left, or it is too long.</exception>
    public static string Clean(string? text)
    {
        if (text is { Length: > MaxLength * 2 })
        {
            throw TooLong(text.Length);
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
            0 => throw new RunRequestException(RunRequestError.Invalid, "The message is empty. Type something to send."),
            > MaxLength => throw TooLong(result.Length),
            _ => result,
        };
    }

    private static RunRequestException TooLong(int length) => new(
        RunRequestError.Invalid,
        $"The message has {length:N0} characters; at most {MaxLength:N0} are allowed. Shorten it, or send it in parts.");
}
