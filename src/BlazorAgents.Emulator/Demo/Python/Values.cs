using System.Globalization;
using System.Numerics;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Types, equality, order and printed forms of Python values.</summary>
internal static class Values
{
    // As Python refuses longer ones.
    private const int MostDigits = 4300;
    private const int MostDepth = 20;

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
    public static string Show(object? value, int depth = 0) => value switch
    {
        _ when depth > MostDepth => "...",
        null => "None",
        bool truth => truth ? "True" : "False",
        BigInteger whole => Digits(whole),
        double real => Show(real),
        string text => Quote(text),
        List<object?> list => $"[{string.Join(", ", list.Select(item => Show(item, depth + 1)))}]",
        object?[] { Length: 1 } one => $"({Show(one[0], depth + 1)},)",
        object?[] tuple => $"({string.Join(", ", tuple.Select(item => Show(item, depth + 1)))})",
        OrderedDictionary<object, object?> map => "{" + string.Join(", ", map.Select(pair => $"{Show(pair.Key, depth + 1)}: {Show(pair.Value, depth + 1)}")) + "}",
        _ => $"<{TypeName(value)}>",
    };

    private static string Digits(BigInteger whole) =>
        whole.GetBitLength() * 0.30103 <= MostDigits ? whole.ToString(CultureInfo.InvariantCulture) : throw PythonError.Value($"Exceeds the limit ({MostDigits} digits) for integer string conversion");

    private static string Show(double real)
    {
        if (!double.IsFinite(real))
        {
            return double.IsNaN(real) ? "nan" : real > 0 ? "inf" : "-inf";
        }

        var size = Math.Abs(real);
        if (size is 0 or >= 1e-4 and < 1e16)
        {
            var text = ((decimal)size < 1 || size < 1e15) && size != 0 ? real.ToString("0.0################", CultureInfo.InvariantCulture) : real.ToString("0.0", CultureInfo.InvariantCulture);
            var exact = real.ToString("R", CultureInfo.InvariantCulture);
            return exact.Contains('E', StringComparison.Ordinal) ? text : exact.Contains('.', StringComparison.Ordinal) ? exact : exact + ".0";
        }

        var scientific = real.ToString("R", CultureInfo.InvariantCulture);
        return scientific.Contains('E', StringComparison.Ordinal) ? scientific.Replace("E", "e", StringComparison.Ordinal) : real.ToString("0.################e+00", CultureInfo.InvariantCulture);
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
        bool or BigInteger or double => Real(value).GetHashCode(),
        string text => text.GetHashCode(StringComparison.Ordinal),
        object?[] tuple => tuple.Aggregate(tuple.Length, (hash, item) => HashCode.Combine(hash, item is null ? 0 : Hash(item))),
        _ => throw PythonError.Type($"unhashable type: '{TypeName(value)}'"),
    };
}
