using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BlazorAgents.Agents.Schema;

/// <summary>The keywords that look at one value: enum, const, ranges, lengths, pattern, format.</summary>
internal static class ValueRules
{
    private static readonly TimeSpan s_patternTimeout = TimeSpan.FromMilliseconds(200);

    public static void Check(JsonElement rule, JsonElement value, string field, List<string> errors)
    {
        if (rule.TryGetProperty("enum", out var allowed) && allowed.ValueKind == JsonValueKind.Array
            && !allowed.EnumerateArray().Any(a => Same(a, value)))
        {
            errors.Add($"{field} must be one of {string.Join(", ", allowed.EnumerateArray().Take(50).Select(a => a.GetRawText()))}.");
        }

        if (rule.TryGetProperty("const", out var constant) && !Same(constant, value))
        {
            errors.Add($"{field} must be {constant.GetRawText()}.");
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                CheckString(rule, value.GetString()!, field, errors);
                if (rule.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String
                    && FormatRules.Problem(format.GetString()!, value) is { } expected)
                {
                    errors.Add($"{field} must be {expected}.");
                }

                break;
            case JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number):
                CheckNumber(rule, number, field, errors);
                break;
            case JsonValueKind.Number:
                errors.Add($"{field} must be a number of usual size.");
                break;
            case JsonValueKind.Array:
                CheckCount(rule, "minItems", "maxItems", value.GetArrayLength(), "items", field, errors);
                break;
        }
    }

    // An exponent beyond an int's range is valid JSON, and too much for the comparison.
    private static bool Same(JsonElement one, JsonElement other)
    {
        try
        {
            return JsonElement.DeepEquals(one, other);
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static void CheckString(JsonElement rule, string text, string field, List<string> errors)
    {
        var length = text.EnumerateRunes().Count();
        CheckCount(rule, "minLength", "maxLength", length, "characters", field, errors);
        if (rule.TryGetProperty("pattern", out var pattern) && pattern.ValueKind == JsonValueKind.String && pattern.GetString() is { } expression && !Matches(expression, text))
        {
            errors.Add($"{field} must match the pattern {expression}.");
        }
    }

    private static void CheckNumber(JsonElement rule, double number, string field, List<string> errors)
    {
        CheckBound("minimum", "at least", (n, bound) => n >= bound);
        CheckBound("maximum", "at most", (n, bound) => n <= bound);
        CheckBound("exclusiveMinimum", "greater than", (n, bound) => n > bound);
        CheckBound("exclusiveMaximum", "less than", (n, bound) => n < bound);

        void CheckBound(string keyword, string words, Func<double, double, bool> holds)
        {
            if (rule.TryGetProperty(keyword, out var bound) && bound.ValueKind == JsonValueKind.Number && bound.TryGetDouble(out var limit) && !holds(number, limit))
            {
                errors.Add($"{field} must be {words} {bound.GetRawText()}.");
            }
        }
    }

    private static void CheckCount(JsonElement rule, string minimum, string maximum, int count, string unit, string field, List<string> errors)
    {
        if (rule.TryGetProperty(minimum, out var least) && least.TryGetInt32(out var min) && count < min)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{field} must have at least {min} {unit}."));
        }

        if (rule.TryGetProperty(maximum, out var most) && most.TryGetInt32(out var max) && count > max)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{field} must have at most {max} {unit}."));
        }
    }

    /// <summary>A pattern that .NET cannot read rejects nothing (the tool checks its own input); one that takes too long rejects.</summary>
    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, AtTheVeryEnd(pattern), RegexOptions.CultureInvariant, s_patternTimeout);
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>A "$" means the end of the text; to .NET also the place before a last line break.</summary>
    private static string AtTheVeryEnd(string pattern) =>
        pattern.EndsWith('$') && !pattern.EndsWith(@"\$", StringComparison.Ordinal) ? string.Concat(pattern.AsSpan(0, pattern.Length - 1), @"\z") : pattern;
}
