namespace BlazorAgents.Runs;

/// <summary>A pattern over tool names: * stands for any characters, ? for one. Upper and lower case differ.</summary>
public sealed class ToolGlob
{
    /// <summary>Longest pattern.</summary>
    public const int MaxLength = 128;

    private const int MaxValueLength = 1_000;
    private readonly string _pattern;
    private readonly bool _ignoresCase;
    private readonly bool _isAny;
    private readonly bool _isLiteral;

    private ToolGlob(string pattern, bool ignoresCase)
    {
        (_pattern, _ignoresCase) = (pattern, ignoresCase);
        _isAny = pattern.AsSpan().Trim('*').IsEmpty;
        _isLiteral = !pattern.AsSpan().ContainsAny('*', '?');
    }

    /// <summary>Reads a pattern; null with the reason when it is none.</summary>
    public static ToolGlob? TryParse(string? text, out string error)
    {
        error = text switch
        {
            null or "" => "The tool pattern is empty. Write a tool's name, or * for all tools.",
            { Length: > MaxLength } => $"The tool pattern has {text.Length:N0} characters; at most {MaxLength} are allowed.",
            _ when BadCharacter(text) is { } bad and >= 0 =>
                $"The tool pattern has a character at place {bad + 1} that no tool name has. * stands for any characters, ? for one.",
            _ => "",
        };
        return error.Length == 0 ? new ToolGlob(text!, ignoresCase: false) : null;
    }

    /// <summary>Whether the whole name fits.</summary>
    public bool IsMatch(string? name)
    {
        if (name is null)
        {
            return false;
        }

        if (_isAny)
        {
            return true;
        }

        return _isLiteral
            ? string.Equals(name, _pattern, _ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            : Match(name);
    }

    /// <summary>A pattern over argument texts, which may hold any character; null when it is empty or too long.</summary>
    internal static ToolGlob? ForValues(string text) => text.Length is > 0 and <= MaxValueLength ? new ToolGlob(text, ignoresCase: true) : null;

    private static int BadCharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('_' or '-' or '.' or ':' or '/' or '*' or '?'))
            {
                return i;
            }
        }

        return -1;
    }

    // Only the last star is ever tried again, so that no pattern takes exponential time.
    private bool Match(string name)
    {
        var (n, p, star, retry) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < _pattern.Length && _pattern[p] == '*')
            {
                (star, retry) = (p++, n);
            }
            else if (p < _pattern.Length && (_pattern[p] == '?' || IsSame(_pattern[p], name[n])))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++retry;
            }
            else
            {
                return false;
            }
        }

        return _pattern.AsSpan(p).Trim('*').IsEmpty;
    }

    private bool IsSame(char a, char b) => a == b || (_ignoresCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));
}
