using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace BlazorAgents.Agents.Tools;

/// <summary>Validation attributes as schema keywords, where the library says nothing or too little.</summary>
internal static class ValidationKeywords
{
    // Beyond this a bound is the author's "no bound".
    private const double Endless = 1e300;

    /// <exception cref="ArgumentException">An attribute cannot be told in a schema: it would not be checked.</exception>
    public static void Apply(JsonObject node, string name, IEnumerable<ICustomAttributeProvider?> providers)
    {
        foreach (var attribute in providers.OfType<ICustomAttributeProvider>().SelectMany(p => p.GetCustomAttributes(typeof(ValidationAttribute), inherit: true)))
        {
            switch (attribute)
            {
                case RangeAttribute range:
                    ApplyRange(node, name, range);
                    break;
                case RequiredAttribute required:
                    ApplyRequired(node, required);
                    break;
                case RegularExpressionAttribute expression:
                    node["pattern"] = Whole(expression.Pattern);
                    break;
            }
        }
    }

    /// <summary>Takes null from the types that are allowed.</summary>
    public static void DropNull(JsonObject node)
    {
        if (node["type"] is JsonArray types && types.Select(t => t!.GetValue<string>()).Where(t => t != "null").ToArray() is { Length: > 0 } others)
        {
            node["type"] = others.Length == 1 ? others[0] : new JsonArray([.. others.Select(t => JsonValue.Create(t))]);
        }
    }

    private static void ApplyRange(JsonObject node, string name, RangeAttribute range)
    {
        foreach (var keyword in (string[])["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])
        {
            node.Remove(keyword);
        }

        Set(range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum", range.Minimum);
        Set(range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum", range.Maximum);

        void Set(string keyword, object bound)
        {
            var number = Type.GetTypeCode(range.OperandType) is >= TypeCode.SByte and <= TypeCode.Decimal
                ? Read(bound)
                : throw new ArgumentException($"The range of \"{name}\" is one of {range.OperandType.Name}, which a schema cannot tell; only ranges of numbers are checked.");
            if (number is not null)
            {
                node[keyword] = number;
            }
        }
    }

    /// <summary>A bound given as a number, or as text beside its type.</summary>
    private static JsonValue? Read(object bound) => bound switch
    {
        double number when double.IsNaN(number) || Math.Abs(number) >= Endless => null,
        double number => JsonValue.Create(number),
        string text => JsonValue.Create(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(Convert.ToDecimal(bound, CultureInfo.InvariantCulture)),
    };

    private static void ApplyRequired(JsonObject node, RequiredAttribute required)
    {
        DropNull(node);
        if (!required.AllowEmptyStrings && node["type"] is JsonValue type && type.GetValue<string>() == "string" && !node.ContainsKey("enum"))
        {
            if (node["minLength"] is not JsonValue least || least.GetValue<int>() < 1)
            {
                node["minLength"] = 1;
            }

            // White space alone is no value.
            node["pattern"] ??= @"\S";
        }
    }

    /// <summary>The attribute looks at the whole text, the keyword at any part of it.</summary>
    private static string Whole(string pattern) =>
        pattern.StartsWith('^') && pattern.EndsWith('$') && !pattern.EndsWith(@"\$", StringComparison.Ordinal) && !pattern.Contains('|', StringComparison.Ordinal)
            ? pattern
            : $"^(?:{pattern})$";
}
