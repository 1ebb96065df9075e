using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Types, equality, order and printed forms of Python values.</summary>
internal static class Values
{
    // As Python refuses longer ones.
    private const int MostDigits = 4300;
    private const int MostDepth = 20;
    private const int MostCharacters = 1_000_000;

    public static IEqualityComparer<object> Comparer { get; } = EqualityComparer<object>.Create((left, right) => Same(left, right), Hash);

    public static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        BigInteger => "int",
        double => "float",
        string => "str",
        List<object?> => "list",
        object?[] => "tuple",
        OrderedDictionary<object, object?> => "dict",
        PyObject known => known.Name,
        _ => "function",
    };

    public static bool IsNumber(object? value) => value is bool or BigInteger or double;

    public static double Real(object? value) => value switch
    {
        bool truth => truth ? 1 : 0,
        BigInteger whole => (double)whole,
        double real => real,
        _ => throw PythonError.Type($"must be real number, not {TypeName(value)}"),
    };

    public static BigInteger Whole(object? value) => value switch
    {
        bool truth => truth ? 1 : 0,
        BigInteger whole => whole,
        _ => throw PythonError.Type($"'{TypeName(value)}' object cannot be interpreted as an integer"),
    };

    public static int Index(object? value) => Whole(value) is var whole && whole > int.MinValue / 2 && whole < int.MaxValue / 2 ? (int)whole : throw new PythonError("IndexError", "index out of range");

    public static string Text(object? value) => value as string ?? throw PythonError.Type($"expected str, not {TypeName(value)}");

    public static bool Same(object? left, object? right) => (left, right) switch
    {
        _ when Work() => false,
        (null, null) => true,
        (null, _) or (_, null) => false,
        (BigInteger first, BigInteger second) => first == second,
        _ when IsNumber(left) && IsNumber(right) => Real(left) == Real(right),
        (string first, string second) => first == second,
        (List<object?> first, List<object?> second) => Same(first, second),
        (object?[] first, object?[] second) => Same(first, second),
        (OrderedDictionary<object, object?> first, OrderedDictionary<object, object?> second) => first.Count == second.Count && first.All(pair => second.TryGetValue(pair.Key, out var other) && Same(pair.Value, other)),
        _ => ReferenceEquals(left, right),
    };

    public static int Order(object? left, object? right) => (left, right) switch
    {
        _ when Work() => 0,
        (BigInteger first, BigInteger second) => first.CompareTo(second),
        _ when IsNumber(left) && IsNumber(right) => Real(left).CompareTo(Real(right)),
        (string first, string second) => string.CompareOrdinal(first, second),
        (List<object?> first, List<object?> second) => Order(first, second),
        (object?[] first, object?[] second) => Order(first, second),
        _ => throw PythonError.Type($"'<' not supported between instances of '{TypeName(left)}' and '{TypeName(right)}'"),
    };

    /// <summary>As str() has it.</summary>
    public static string Print(object? value) => value as string ?? Show(value);

    /// <summary>As repr() has it.</summary>
    public static string Show(object? value)
    {
        var text = new StringBuilder();
        Show(value, text, 0);
        return text.ToString();
    }

    private static void Show(object? value, StringBuilder text, int depth)
    {
        if (text.Length > MostCharacters)
        {
            throw new PythonError("MemoryError", "the text is too long");
        }

        switch (value)
        {
            case List<object?> or object?[] or OrderedDictionary<object, object?> when depth > MostDepth:
                text.Append("...");
                break;
            case List<object?> list:
                Show(list, "[", "]", text, depth);
                break;
            case object?[] tuple:
                Show(tuple, "(", tuple.Length == 1 ? ",)" : ")", text, depth);
                break;
            case OrderedDictionary<object, object?> map:
                text.Append('{');
                foreach (var (index, pair) in map.Index())
                {
                    text.Append(index > 0 ? ", " : "");
                    Show(pair.Key, text, depth + 1);
                    text.Append(": ");
                    Show(pair.Value, text, depth + 1);
                }

                text.Append('}');
                break;
            default:
                text.Append(value switch
                {
                    null => "None",
                    bool truth => truth ? "True" : "False",
                    BigInteger whole => Digits(whole),
                    double real => Show(real),
                    string quoted => Quote(quoted),
                    _ => $"<{TypeName(value)}>",
                });
                break;
        }
    }

    private static void Show(IReadOnlyList<object?> items, string open, string close, StringBuilder text, int depth)
    {
        text.Append(open);
        foreach (var (index, item) in items.Index())
        {
            text.Append(index > 0 ? ", " : "");
            Show(item, text, depth + 1);
        }

        text.Append(close);
    }

    /// <summary>Comparing is work too, and lists that hold themselves have no end: false, or an error.</summary>
    private static bool Work()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Machine.Current?.Spend();
        return false;
    }

    private static string Digits(BigInteger whole) =>
        whole.GetBitLength() * 0.30103 <= MostDigits ? whole.ToString(CultureInfo.InvariantCulture) : throw PythonError.Value($"Exceeds the limit ({MostDigits} digits) for integer string conversion");

    private static string Show(double real)
    {
        if (!double.IsFinite(real))
        {
            return double.IsNaN(real) ? "nan" : real > 0 ? "inf" : "-inf";
        }

        var size = Math.Abs(real);
        var exact = real.ToString("R", CultureInfo.InvariantCulture);
        var scientific = exact.Contains('E', StringComparison.Ordinal);
        if (size is 0 or >= 1e-4 and < 1e16)
        {
            return scientific ? real.ToString("0.0################", CultureInfo.InvariantCulture) : exact.Contains('.', StringComparison.Ordinal) ? exact : exact + ".0";
        }

        return scientific ? exact.Replace("E", "e", StringComparison.Ordinal) : real.ToString("0.################e+00", CultureInfo.InvariantCulture);
    }

    private static string Quote(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        return quote + (quote == '\'' ? escaped.Replace("'", "\\'", StringComparison.Ordinal) : escaped) + quote;
    }

    private static bool Same(IReadOnlyList<object?> left, IReadOnlyList<object?> right) => left.Count == right.Count && left.Zip(right).All(pair => Same(pair.First, pair.Second));

    private static int Order(IReadOnlyList<object?> left, IReadOnlyList<object?> right) =>
        left.Zip(right).Where(pair => !Same(pair.First, pair.Second)).Select(pair => (int?)Order(pair.First, pair.Second)).FirstOrDefault() ?? left.Count.CompareTo(right.Count);

    private static int Hash(object value) => value switch
    {
        _ when Work() => 0,
        bool or BigInteger or double => Real(value).GetHashCode(),
        string text => text.GetHashCode(StringComparison.Ordinal),
        object?[] tuple => tuple.Aggregate(tuple.Length, (hash, item) => HashCode.Combine(hash, item is null ? 0 : Hash(item))),
        _ => throw PythonError.Type($"unhashable type: '{TypeName(value)}'"),
    };
}
