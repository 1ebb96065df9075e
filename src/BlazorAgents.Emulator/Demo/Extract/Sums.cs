using System.Globalization;
using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>Finds and computes small arithmetic: + - * / ^ %, brackets, "plus", "times", "15% of 80".</summary>
internal static partial class Sums
{
    /// <summary>The expression in a text, normalised to signs, or null.</summary>
    public static string? In(string text)
    {
        if (text.Length > 2000)
        {
            return null;
        }

        var normal = Normalise(text);
        var best = Expression().Matches(normal).Select(match => match.Value.Trim()).Where(value => Operator().IsMatch(value) && !DateLike().IsMatch(value)).MaxBy(value => value.Length);
        return best is not null && TryCompute(best, out _) ? best : null;
    }

    public static bool TryCompute(string expression, out double value)
    {
        var position = 0;
        var text = expression.Replace(" ", "", StringComparison.Ordinal);
        value = 0;
        return text.Length is > 0 and < 500 && TrySum(text, ref position, 0, out value) && position == text.Length && double.IsFinite(value);
    }

    public static string Format(double value) => Math.Abs(value) < 1e15
        ? Math.Round(value, 6).ToString("#,0.######", CultureInfo.InvariantCulture)
        : value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Normalise(string text)
    {
        var normal = PercentOf().Replace(text, "($1/100)*");
        foreach (var (word, sign) in new[] { ("multiplied by", "*"), ("divided by", "/"), ("times", "*"), ("plus", "+"), ("minus", "-"), ("over", "/"), ("to the power of", "^"), ("squared", "^2") })
        {
            normal = Regex.Replace(normal, $@"(?<=[\d)]\s*)\b{word}\b", sign, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        }

        return TimesSign().Replace(normal.Replace('×', '*').Replace('÷', '/').Replace('−', '-'), "*");
    }

    private static bool TrySum(string text, ref int at, int depth, out double value)
    {
        if (!TryProduct(text, ref at, depth, out value))
        {
            return false;
        }

        while (at < text.Length && text[at] is '+' or '-')
        {
            var sign = text[at++];
            if (!TryProduct(text, ref at, depth, out var right))
            {
                return false;
            }

            value = sign == '+' ? value + right : value - right;
        }

        return true;
    }

    private static bool TryProduct(string text, ref int at, int depth, out double value)
    {
        if (!TryPower(text, ref at, depth, out value))
        {
            return false;
        }

        while (at < text.Length && text[at] is '*' or '/' or '%')
        {
            var sign = text[at++];
            if (!TryPower(text, ref at, depth, out var right))
            {
                return false;
            }

            value = sign switch { '*' => value * right, '/' => value / right, _ => value % right };
        }

        return true;
    }

    private static bool TryPower(string text, ref int at, int depth, out double value)
    {
        if (!TryAtom(text, ref at, depth, out value))
        {
            return false;
        }

        if (at < text.Length && text[at] == '^')
        {
            at++;
            if (!TryPower(text, ref at, depth + 1, out var power))
            {
                return false;
            }

            value = Math.Pow(value, power);
        }

        return true;
    }

    private static bool TryAtom(string text, ref int at, int depth, out double value)
    {
        value = 0;
        if (at >= text.Length || depth > 50)
        {
            return false;
        }

        if (text[at] == '-')
        {
            at++;
            var negated = TryAtom(text, ref at, depth + 1, out value);
            value = -value;
            return negated;
        }

        if (text[at] == '(')
        {
            at++;
            return TrySum(text, ref at, depth + 1, out value) && at < text.Length && text[at++] == ')';
        }

        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.'))
        {
            at++;
        }

        return double.TryParse(text.AsSpan(start, at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    [GeneratedRegex(@"[-\d(][\d\s.()+*/^%-]*[\d)]")]
    private static partial Regex Expression();

    [GeneratedRegex(@"[\d)]\s*[+*/^%-]\s*[-\d(]")]
    private static partial Regex Operator();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}$|^\d{1,2}/\d{1,2}/\d{2,4}$|^\d{2,4}(?:-\d{2,4}){1,3}$|^-?\d+\s-\d")]
    private static partial Regex DateLike();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)\s*(?:%|percent)\s+of\s+", RegexOptions.IgnoreCase)]
    private static partial Regex PercentOf();

    [GeneratedRegex(@"(?<=\d\s?)x(?=\s?\d)", RegexOptions.IgnoreCase)]
    private static partial Regex TimesSign();
}
