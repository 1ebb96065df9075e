using System.Text.Json;

namespace BlazorAgents.Runs;

/// <summary>An operator with its value, ready to judge values.</summary>
internal sealed class ConditionTest
{
    private const int MaxValueLength = 1_000;
    private const int MaxChoices = 200;
    private readonly string _operator;
    private readonly JsonElement[] _values;
    private readonly decimal _number;
    private readonly ToolGlob? _glob;

    private ConditionTest(string op, JsonElement[] values, decimal number = 0, ToolGlob? glob = null) =>
        (_operator, _values, _number, _glob) = (op, values, number, glob);

    /// <summary>Holds where there is no value.</summary>
    public bool IsMissing => _operator == "missing";

    public static ConditionTest? TryCreate(string op, JsonElement? value, out string error)
    {
        error = "";
        var given = value is { ValueKind: not JsonValueKind.Undefined } v ? v : (JsonElement?)null;
        if (given is { } raw && raw.GetRawText().Length > MaxValueLength * 10)
        {
            error = "The value is too long.";
            return null;
        }

        switch (op)
        {
            case "exists" or "missing":
                error = given is null or { ValueKind: JsonValueKind.Null } ? "" : $"{op} takes no value.";
                return error.Length == 0 ? new ConditionTest(op, []) : null;
            case "equals" or "not_equals" when given is { } one && IsScalar(one):
            case "contains" when given is { ValueKind: not JsonValueKind.Null } part && IsScalar(part) && part.GetRawText() != "\"\"":
                return new ConditionTest(op, [given!.Value]);
            case "at_least" or "at_most" or "more_than" or "less_than" when given is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var limit):
                return new ConditionTest(op, [], limit);
            case "one_of" when given is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is > 0 and <= MaxChoices && list.EnumerateArray().All(e => IsScalar(e)):
                return new ConditionTest(op, [.. list.EnumerateArray()]);
            case "matches" when given is { ValueKind: JsonValueKind.String } text && ToolGlob.ForValues(text.GetString()!) is { } glob:
                return new ConditionTest(op, [], glob: glob);
            default:
                error = Expected(op);
                return null;
        }
    }

    public ConditionFit Test(in JsonElement actual) => _operator switch
    {
        "exists" => ConditionFit.Yes,
        "missing" => ConditionFit.No,
        "equals" => Same(actual, _values[0]),
        "not_equals" => Same(actual, _values[0]) switch
        {
            ConditionFit.Yes => ConditionFit.No,
            ConditionFit.No => ConditionFit.Yes,
            var other => other,
        },
        "one_of" => OneOf(actual),
        "contains" => Contains(actual),
        "matches" => actual.ValueKind == JsonValueKind.String ? Fit(_glob!.IsMatch(actual.GetString())) : ConditionFit.WrongType,
        _ => Compare(actual),
    };

    private static string Expected(string op) => op switch
    {
        "equals" or "not_equals" => $"{op} takes a text, a number within range, true, false or null.",
        "contains" => "contains takes a text that is not empty, a number, true or false.",
        "at_least" or "at_most" or "more_than" or "less_than" => $"{op} takes a number of at most 28 digits.",
        "one_of" => $"one_of takes a list of 1 to {MaxChoices} texts or numbers.",
        "matches" => "matches takes a text in which * stands for any characters and ? for one.",
        _ => $"The operator does not exist. Take one of: {string.Join(", ", RuleCondition.Operators)}.",
    };

    private static bool IsScalar(in JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _));

    private static ConditionFit Fit(bool holds) => holds ? ConditionFit.Yes : ConditionFit.No;

    // Null can be compared with everything; other types only with their own.
    private static ConditionFit Same(in JsonElement actual, in JsonElement expected) => (actual.ValueKind, expected.ValueKind) switch
    {
        (JsonValueKind.Null, _) or (_, JsonValueKind.Null) => Fit(actual.ValueKind == expected.ValueKind),
        (JsonValueKind.String, JsonValueKind.String) => Fit(actual.ValueEquals(expected.GetString())),
        (JsonValueKind.Number, JsonValueKind.Number) =>
            actual.TryGetDecimal(out var number) ? Fit(number == expected.GetDecimal()) : ConditionFit.WrongType,
        (JsonValueKind.True or JsonValueKind.False, JsonValueKind.True or JsonValueKind.False) => Fit(actual.ValueKind == expected.ValueKind),
        _ => ConditionFit.WrongType,
    };

    private ConditionFit OneOf(in JsonElement actual)
    {
        var fit = ConditionFit.WrongType;
        foreach (var value in _values)
        {
            switch (Same(actual, value))
            {
                case ConditionFit.Yes:
                    return ConditionFit.Yes;
                case ConditionFit.No when value.ValueKind != JsonValueKind.Null || _values.Length == 1 || actual.ValueKind == JsonValueKind.Null:
                    fit = ConditionFit.No;
                    break;
            }
        }

        return fit;
    }

    private ConditionFit Contains(in JsonElement actual)
    {
        var part = _values[0];
        if (actual.ValueKind == JsonValueKind.String)
        {
            return part.ValueKind == JsonValueKind.String
                ? Fit(actual.GetString()!.Contains(part.GetString()!, StringComparison.OrdinalIgnoreCase))
                : ConditionFit.WrongType;
        }

        if (actual.ValueKind != JsonValueKind.Array)
        {
            return ConditionFit.WrongType;
        }

        var fit = ConditionFit.No;
        foreach (var element in actual.EnumerateArray())
        {
            var next = element.ValueKind == JsonValueKind.String && part.ValueKind == JsonValueKind.String
                ? Fit(string.Equals(element.GetString(), part.GetString(), StringComparison.OrdinalIgnoreCase))
                : Same(element, part);
            fit = next > fit ? next : fit;
        }

        return fit;
    }

    // A number that a decimal cannot hold is as good as a wrong type: nobody can say on which side of the limit rounding puts it.
    private ConditionFit Compare(in JsonElement actual) =>
        actual.ValueKind != JsonValueKind.Number || !actual.TryGetDecimal(out var number)
            ? ConditionFit.WrongType
            : Fit(_operator switch
            {
                "at_least" => number >= _number,
                "at_most" => number <= _number,
                "more_than" => number > _number,
                _ => number < _number,
            });
}
