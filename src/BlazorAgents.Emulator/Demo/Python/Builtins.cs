using System.Globalization;
using System.Numerics;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>The functions that need no import.</summary>
internal static class Builtins
{
    private const int MostRange = 1_000_000;

    public static object? Find(string name, Machine machine) => name switch
    {
        "print" => (Callable)((values, named) => Print(values, named, machine)),
        "len" => One(value => (BigInteger)(value switch { string text => text.Length, OrderedDictionary<object, object?> map => map.Count, _ => Operators.Items(value).Count() })),
        "range" => (Callable)((values, _) => Range(values, machine)),
        "sum" => (Callable)((values, _) => Operators.Items(values[0]).Aggregate(values.Count > 1 ? values[1] : BigInteger.Zero, (total, item) => Operators.Apply("+", total, item, machine))),
        "min" => (Callable)((values, named) => Best(values, named, smallest: true)),
        "max" => (Callable)((values, named) => Best(values, named, smallest: false)),
        "sorted" => (Callable)((values, named) => Sort(Operators.Items(values[0]), named, machine)),
        "reversed" => One(value => Operators.Items(value).Reverse().ToList()),
        "list" => Many(values => values.Count == 0 ? [] : Spent(Operators.Items(values[0]).ToList(), machine)),
        "tuple" => Many(values => values.Count == 0 ? Array.Empty<object?>() : Operators.Items(values[0]).ToArray()),
        "dict" => (Callable)((values, named) => Operators.Dictionary((values.Count == 0 ? [] : Pairs(values[0])).Concat(named.Select(pair => (object?)new[] { pair.Key, pair.Value })))),
        "enumerate" => Many(values => Operators.Items(values[0]).Select((item, index) => (object?)new[] { index + (values.Count > 1 ? Values.Whole(values[1]) : 0), item }).ToList()),
        "zip" => Many(values => Zip([.. values.Select(value => Operators.Items(value).ToList())])),
        "map" => Many(values => Operators.Items(values[1]).Select(item => Call(values[0], item)).ToList()),
        "filter" => Many(values => Operators.Items(values[1]).Where(item => Operators.Truth(values[0] is null ? item : Call(values[0], item))).ToList()),
        "all" => One(value => Operators.Items(value).All(Operators.Truth)),
        "any" => One(value => Operators.Items(value).Any(Operators.Truth)),
        "abs" => One(value => value is double real ? Math.Abs(real) : BigInteger.Abs(Values.Whole(value))),
        "round" => Many(values => Round(values[0], values.Count > 1 ? values[1] : null)),
        "pow" => Many(values => Operators.Apply("**", values[0], values[1], machine)),
        "divmod" => Many(values => new[] { Operators.Apply("//", values[0], values[1], machine), Operators.Apply("%", values[0], values[1], machine) }),
        "str" => Many(values => values.Count == 0 ? "" : Values.Print(values[0])),
        "repr" => One(value => Values.Show(value)),
        "bool" => One(value => Operators.Truth(value)),
        "int" => One(ToWhole),
        "float" => One(ToReal),
        "format" => Many(values => FormatText.Format(values[0], values.Count > 1 ? Values.Text(values[1]) : "")),
        "open" => (Callable)((values, named) => TextFile.Open(values, named, machine)),
        "isinstance" => throw PythonError.Unknown("isinstance"),
        "input" => throw PythonError.Unknown("input: nobody is there to type"),
        "eval" or "exec" or "compile" or "__import__" => throw PythonError.Unknown(name),
        _ => null,
    };

    public static object? Call(object? function, params IReadOnlyList<object?> arguments) =>
        function is Callable callable ? callable(arguments, new Dictionary<string, object?>()) : throw PythonError.Type("the object is not callable");

    public static List<object?> Sort(IEnumerable<object?> items, IReadOnlyDictionary<string, object?> named, Machine machine)
    {
        var keyed = items.Select(item => (Key: named.GetValueOrDefault("key") is { } key ? Call(key, item) : item, Item: item)).ToList();
        machine.Spend(keyed.Count);
        var order = Comparer<object?>.Create((left, right) => Values.Order(left, right));
        try
        {
            var sorted = Operators.Truth(named.GetValueOrDefault("reverse")) ? keyed.OrderByDescending(pair => pair.Key, order) : keyed.OrderBy(pair => pair.Key, order);
            return [.. sorted.Select(pair => pair.Item)];
        }
        catch (InvalidOperationException e) when (e.InnerException is PythonError inner)
        {
            throw inner;
        }
    }

    public static object Round(object? value, object? places)
    {
        if (value is BigInteger whole)
        {
            return whole;
        }

        var real = Values.Real(value);
        return places is null ? ToWhole(Math.Round(real, MidpointRounding.ToEven))! : Math.Round(real, Math.Clamp(Values.Index(places), 0, 15), MidpointRounding.ToEven);
    }

    private static object? Print(IReadOnlyList<object?> values, IReadOnlyDictionary<string, object?> named, Machine machine)
    {
        machine.Print(string.Join(named.TryGetValue("sep", out var between) ? Values.Print(between) : " ", values.Select(Values.Print)));
        machine.Print(named.TryGetValue("end", out var end) ? Values.Print(end) : "\n");
        return null;
    }

    private static List<object?> Range(IReadOnlyList<object?> values, Machine machine)
    {
        var numbers = values.Select(Values.Whole).ToList();
        var (from, to, step) = numbers switch
        {
            [var end] => (BigInteger.Zero, end, BigInteger.One),
            [var start, var end] => (start, end, BigInteger.One),
            [var start, var end, var by] when !by.IsZero => (start, end, by),
            _ => throw PythonError.Value("range() needs one to three numbers and a step other than zero"),
        };
        var count = step.Sign > 0 ? (to - from + step - 1) / step : (from - to - step - 1) / -step;
        if (count > MostRange)
        {
            throw new PythonError("MemoryError", "the range is too long for the offline demo's small Python");
        }

        machine.Spend((long)BigInteger.Max(0, count));
        return [.. Enumerable.Range(0, (int)BigInteger.Max(0, count)).Select(index => (object?)(from + (index * step)))];
    }

    private static object? Best(IReadOnlyList<object?> values, IReadOnlyDictionary<string, object?> named, bool smallest)
    {
        var items = values.Count == 1 ? Operators.Items(values[0]).ToList() : [.. values];
        if (items.Count == 0)
        {
            return named.TryGetValue("default", out var fallback) ? fallback : throw PythonError.Value("the sequence is empty");
        }

        object? Key(object? item) => named.GetValueOrDefault("key") is { } key ? Call(key, item) : item;
        return items.Aggregate((best, item) => Values.Order(Key(item), Key(best)) is var order && (smallest ? order < 0 : order > 0) ? item : best);
    }

    private static IEnumerable<object?> Pairs(object? value) =>
        value is OrderedDictionary<object, object?> map ? map.Select(pair => (object?)new[] { pair.Key, pair.Value }) : Operators.Items(value);

    private static List<object?> Zip(List<List<object?>> lists) =>
        lists.Count == 0 ? [] : [.. Enumerable.Range(0, lists.Min(list => list.Count)).Select(index => (object?)lists.Select(list => list[index]).ToArray())];

    private static object? ToWhole(object? value) => value switch
    {
        double real => double.IsFinite(real) ? new BigInteger(Math.Truncate(real)) : throw PythonError.Value("cannot convert float to integer"),
        string text => BigInteger.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : throw PythonError.Value($"invalid literal for int() with base 10: {Values.Show(text)}"),
        _ => Values.Whole(value),
    };

    private static object? ToReal(object? value) => value is string text
        ? double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : throw PythonError.Value($"could not convert string to float: {Values.Show(text)}")
        : Values.Real(value);

    private static List<object?> Spent(List<object?> list, Machine machine)
    {
        machine.Spend(list.Count);
        return list;
    }

    private static Callable One(Func<object?, object?> function) =>
        (values, _) => values.Count == 1 ? function(values[0]) : throw PythonError.Type($"expected 1 argument, got {values.Count}");

    private static Callable Many(Func<IReadOnlyList<object?>, object?> function) => (values, _) =>
    {
        try
        {
            return function(values);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw PythonError.Type("missing an argument");
        }
    };
}
