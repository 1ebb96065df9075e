using System.Numerics;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>What operators do with values. Values are null, bool, BigInteger, double, string, List, array (tuple), dictionary, PyObject and Callable.</summary>
internal static class Operators
{
    private const long MostBits = 200_000;
    private const int MostRepeated = 1_000_000;

    public static bool Truth(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        BigInteger whole => !whole.IsZero,
        double real => real != 0,
        string text => text.Length > 0,
        List<object?> list => list.Count > 0,
        object?[] tuple => tuple.Length > 0,
        OrderedDictionary<object, object?> map => map.Count > 0,
        _ => true,
    };

    public static IEnumerable<object?> Items(object? value) => value switch
    {
        string text => text.Select(character => (object?)character.ToString()),
        List<object?> list => list,
        object?[] tuple => tuple,
        OrderedDictionary<object, object?> map => map.Keys,
        PyObject { Items: { } items } => items(),
        _ => throw PythonError.Type($"'{Values.TypeName(value)}' object is not iterable"),
    };

    public static OrderedDictionary<object, object?> Dictionary(IEnumerable<object?> pairs)
    {
        var map = new OrderedDictionary<object, object?>(Values.Comparer);
        foreach (var pair in pairs)
        {
            var parts = Items(pair).ToList();
            map[parts[0] ?? throw PythonError.Unknown("None as a key")] = parts[1];
        }

        return map;
    }

    public static object? Apply(string sign, object? left, object? right, Machine machine) => (sign, left, right) switch
    {
        (_, bool truth, _) => Apply(sign, truth ? BigInteger.One : BigInteger.Zero, right, machine),
        (_, _, bool truth) => Apply(sign, left, truth ? BigInteger.One : BigInteger.Zero, machine),
        (_, BigInteger first, BigInteger second) => Whole(sign, first, second, machine),
        (_, double or BigInteger, double or BigInteger) => Real(sign, Values.Real(left), Values.Real(right)),
        ("+", string first, string second) => Join(first, second, machine),
        ("+", List<object?> first, List<object?> second) => Join(first, second, machine),
        ("+", object?[] first, object?[] second) => Join(first, second, machine).ToArray(),
        ("*", string or List<object?>, BigInteger times) => Repeat(left, times, machine),
        ("*", BigInteger times, string or List<object?>) => Repeat(right, times, machine),
        ("%", string, _) => throw PythonError.Unknown("'%' formatting; use an f-string"),
        _ => throw PythonError.Type($"unsupported operand type(s) for {sign}: '{Values.TypeName(left)}' and '{Values.TypeName(right)}'"),
    };

    public static bool Compare(string sign, object? left, object? right) => sign switch
    {
        "==" => Values.Same(left, right),
        "!=" => !Values.Same(left, right),
        "is" => left is null || right is null || left is bool ? Values.Same(left, right) : ReferenceEquals(left, right),
        "is not" => !Compare("is", left, right),
        "in" => Contains(right, left),
        "not in" => !Contains(right, left),
        "<" => Values.Order(left, right) < 0,
        ">" => Values.Order(left, right) > 0,
        "<=" => Values.Order(left, right) <= 0,
        ">=" => Values.Order(left, right) >= 0,
        _ => throw PythonError.Unknown($"'{sign}'"),
    };

    public static object? Item(object? whole, object? index) => whole switch
    {
        OrderedDictionary<object, object?> map => index is not null && map.TryGetValue(index, out var value) ? value : throw new PythonError("KeyError", Values.Show(index)),
        List<object?> list => list[At(index, list.Count, "list")],
        object?[] tuple => tuple[At(index, tuple.Length, "tuple")],
        string text => text[At(index, text.Length, "string")].ToString(),
        _ => throw PythonError.Type($"'{Values.TypeName(whole)}' object is not subscriptable"),
    };

    public static void SetItem(object? whole, object? index, object? value)
    {
        switch (whole)
        {
            case OrderedDictionary<object, object?> map:
                map[index ?? throw PythonError.Unknown("None as a key")] = value;
                break;
            case List<object?> list:
                list[At(index, list.Count, "list")] = value;
                break;
            default:
                throw PythonError.Type($"'{Values.TypeName(whole)}' object does not support item assignment");
        }
    }

    public static object? Slice(object? whole, object? from, object? to, object? step)
    {
        IReadOnlyList<object?> items = [.. Items(whole)];
        var by = step is null ? 1 : Values.Index(step);
        if (by == 0)
        {
            throw PythonError.Value("slice step cannot be zero");
        }

        var start = Edge(from, items.Count, by > 0 ? 0 : items.Count - 1, by);
        var end = Edge(to, items.Count, by > 0 ? items.Count : -1, by);
        var taken = new List<object?>();
        for (var at = start; by > 0 ? at < end : at > end; at += by)
        {
            taken.Add(items[at]);
        }

        return whole is string ? string.Concat(taken) : whole is object?[] ? taken.ToArray() : taken;
    }

    public static object? Member(object? whole, string name, Machine? machine = null) => whole switch
    {
        PyObject known => known.Members.TryGetValue(name, out var member) ? member : throw new PythonError("AttributeError", $"the offline demo's '{known.Name}' has no '{name}'"),
        _ => Methods.Find(whole, name, machine) ?? throw new PythonError("AttributeError", $"'{Values.TypeName(whole)}' object has no attribute '{name}'"),
    };

    private static bool Contains(object? whole, object? part) => whole switch
    {
        string text => part is string inner ? text.Contains(inner, StringComparison.Ordinal) : throw PythonError.Type("'in <string>' requires string as left operand"),
        OrderedDictionary<object, object?> map => part is not null && map.ContainsKey(part),
        _ => Items(whole).Any(item => Values.Same(item, part)),
    };

    private static object Whole(string sign, BigInteger left, BigInteger right, Machine machine)
    {
        machine.Spend((left.GetBitLength() + right.GetBitLength()) / 256);
        return sign switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" => left.GetBitLength() + right.GetBitLength() <= MostBits ? left * right : throw TooBig(),
            "/" => right.IsZero ? throw ByZero() : (double)left / (double)right,
            "//" => right.IsZero ? throw ByZero() : Floor(left, right),
            "%" => right.IsZero ? throw ByZero() : left - (Floor(left, right) * right),
            "**" => right.Sign < 0 ? Math.Pow((double)left, (double)right)
                : left.GetBitLength() * (right + 1) <= MostBits ? BigInteger.Pow(left, (int)right) : left.IsZero || left.IsOne ? left : throw TooBig(),
            _ => throw PythonError.Unknown($"'{sign}'"),
        };
    }

    private static BigInteger Floor(BigInteger left, BigInteger right)
    {
        var quotient = BigInteger.DivRem(left, right, out var remainder);
        return !remainder.IsZero && (remainder.Sign < 0) != (right.Sign < 0) ? quotient - 1 : quotient;
    }

    private static double Real(string sign, double left, double right) => sign switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => right == 0 ? throw ByZero() : left / right,
        "//" => right == 0 ? throw ByZero() : Math.Floor(left / right),
        "%" => right == 0 ? throw ByZero() : left - (Math.Floor(left / right) * right),
        "**" => Math.Pow(left, right),
        _ => throw PythonError.Unknown($"'{sign}'"),
    };

    private static string Join(string left, string right, Machine machine)
    {
        machine.Spend((left.Length + right.Length) / 8);
        return left + right;
    }

    private static List<object?> Join(IReadOnlyCollection<object?> left, IReadOnlyCollection<object?> right, Machine machine)
    {
        machine.Spend(left.Count + right.Count);
        return [.. left, .. right];
    }

    private static object Repeat(object? value, BigInteger times, Machine machine)
    {
        var items = value is string text ? text.Length : ((List<object?>)value!).Count;
        var count = times.Sign <= 0 ? 0 : items * times <= MostRepeated ? (int)times : throw new PythonError("MemoryError", "the result is too large");
        machine.Spend((long)items * count);
        return value is string word ? string.Concat(Enumerable.Repeat(word, count)) : Enumerable.Repeat((List<object?>)value!, count).SelectMany(list => list).ToList();
    }

    private static int At(object? index, int count, string what)
    {
        var at = Values.Index(index);
        at = at < 0 ? at + count : at;
        return at >= 0 && at < count ? at : throw new PythonError("IndexError", $"{what} index out of range");
    }

    private static int Edge(object? given, int count, int otherwise, int step)
    {
        if (given is null)
        {
            return otherwise;
        }

        var at = Values.Index(given);
        at = at < 0 ? at + count : at;
        return step > 0 ? Math.Clamp(at, 0, count) : Math.Clamp(at, -1, count - 1);
    }

    private static PythonError ByZero() => new("ZeroDivisionError", "division by zero");

    private static PythonError TooBig() => new("OverflowError", "the number is too large for the offline demo's small Python");
}
