using System.Globalization;
using System.Numerics;
using System.Text;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>f-strings and their format specifications: alignment, width, comma, precision, d, f, e, %.</summary>
internal static class FormatText
{
    private const int MostWidth = 1000;

    public static Func<Frame, string> Parse(string template)
    {
        var parts = new List<Func<Frame, string>>();
        var text = new StringBuilder();
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] is '{' or '}' && at + 1 < template.Length && template[at + 1] == template[at])
            {
                text.Append(template[at++]);
            }
            else if (template[at] == '{')
            {
                var literal = text.ToString();
                text.Clear();
                parts.Add(_ => literal);
                parts.Add(Field(template, ref at));
            }
            else
            {
                text.Append(template[at]);
            }
        }

        var rest = text.ToString();
        return frame => string.Concat(parts.Select(part => part(frame))) + rest;
    }

    public static string Format(object? value, string specification)
    {
        if (specification.Length == 0)
        {
            return Values.Print(value);
        }

        var at = 0;
        var fill = ' ';
        var align = Values.IsNumber(value) ? '>' : '<';
        if (specification.Length > 1 && specification[1] is '<' or '>' or '^')
        {
            (fill, align, at) = (specification[0], specification[1], 2);
        }
        else if (specification[0] is '<' or '>' or '^')
        {
            (align, at) = (specification[0], 1);
        }

        var plus = Take(specification, ref at, '+');
        if (at < specification.Length && specification[at] == '0')
        {
            fill = '0';
        }

        var width = Number(specification, ref at) ?? 0;
        var comma = Take(specification, ref at, ',');
        var precision = Take(specification, ref at, '.') ? Number(specification, ref at) : null;
        var kind = at < specification.Length ? specification[at..] : "";
        var text = One(value, kind, comma, precision);
        text = plus && Values.IsNumber(value) && !text.StartsWith('-') ? "+" + text : text;
        width = Math.Min(width, MostWidth);
        return align switch
        {
            '<' => text.PadRight(width, fill),
            '^' => text.PadLeft(text.Length + (Math.Max(0, width - text.Length) / 2), fill).PadRight(width, fill),
            _ => text.PadLeft(width, fill),
        };
    }

    private static Func<Frame, string> Field(string template, ref int at)
    {
        var start = ++at;
        var depth = 0;
        var colon = -1;
        for (; at < template.Length && (depth > 0 || template[at] != '}'); at++)
        {
            depth += template[at] is '(' or '[' or '{' ? 1 : template[at] is ')' or ']' or '}' ? -1 : 0;
            colon = depth == 0 && colon < 0 && template[at] == ':' ? at : colon;
        }

        if (at >= template.Length)
        {
            throw new PythonError("SyntaxError", "f-string: expecting '}'");
        }

        var source = template[start..(colon < 0 ? at : colon)];
        var specification = colon < 0 ? "" : template[(colon + 1)..at];
        var shows = source.EndsWith("!r", StringComparison.Ordinal);
        var equals = source.TrimEnd().EndsWith('=');
        var expression = ExpressionParser.ParseOne((shows ? source[..^2] : equals ? source.TrimEnd()[..^1] : source).Trim());
        return frame =>
        {
            var value = expression(frame);
            return (equals ? source : "") + (shows || (equals && specification.Length == 0) ? Values.Show(value) : Format(value, specification));
        };
    }

    private static string One(object? value, string kind, bool comma, int? precision)
    {
        var places = Math.Min(precision ?? 6, 100);
        return kind switch
        {
            "f" or "F" => Values.Real(value).ToString((comma ? "N" : "F") + places, CultureInfo.InvariantCulture),
            "%" => (Values.Real(value) * 100).ToString("F" + places, CultureInfo.InvariantCulture) + "%",
            "e" => Values.Real(value).ToString("0." + new string('0', places) + "e+00", CultureInfo.InvariantCulture),
            "d" => Values.Whole(value).ToString(comma ? "N0" : "D", CultureInfo.InvariantCulture),
            "s" or "" when value is string text => precision is { } most && most < text.Length ? text[..most] : text,
            "" when value is BigInteger whole => whole.ToString(comma ? "N0" : "D", CultureInfo.InvariantCulture),
            "" or "g" when value is double real => precision is { } digits ? real.ToString("G" + Math.Clamp(digits, 1, 17), CultureInfo.InvariantCulture) : comma ? real.ToString("#,0.0###############", CultureInfo.InvariantCulture) : Values.Print(value),
            "" => Values.Print(value),
            _ => throw PythonError.Value($"Unknown format code '{kind}' for object of type '{Values.TypeName(value)}'"),
        };
    }

    private static bool Take(string text, ref int at, char sign)
    {
        if (at < text.Length && text[at] == sign)
        {
            at++;
            return true;
        }

        return false;
    }

    private static int? Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 4)
        {
            at++;
        }

        return at > start ? int.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture) : null;
    }
}
