using System.Numerics;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Methods of texts, lists and dictionaries.</summary>
internal static class Methods
{
    private const int MostCharacters = 1_000_000;

    public static Callable? Find(object? owner, string name, Machine? machine) => owner switch
    {
        string text => OfText(text, name),
        List<object?> list => OfList(list, name, machine),
        OrderedDictionary<object, object?> map => OfMap(map, name),
        double real when name == "is_integer" => (_, _) => Math.Floor(real) == real,
        _ => null,
    };

    private static Callable? OfText(string text, string name) => name switch
    {
        "upper" => (_, _) => text.ToUpperInvariant(),
        "lower" => (_, _) => text.ToLowerInvariant(),
        "title" => (_, _) => System.Globalization.CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text.ToLowerInvariant()),
        "capitalize" => (_, _) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant(),
        "strip" => (_, _) => text.Trim(),
        "lstrip" => (_, _) => text.TrimStart(),
        "rstrip" => (_, _) => text.TrimEnd(),
        "split" => (values, _) => (values.Count == 0 || values[0] is null ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : text.Split(Separator(values[0]))).Select(part => (object?)part).ToList(),
        "splitlines" => (_, _) => text.TrimEnd('\n').Split('\n').Select(part => (object?)part).ToList(),
        "join" => (values, _) => Join(text, [.. Operators.Items(First(values)).Select(Values.Text)]),
        "replace" => (values, _) => values.Count == 2 ? Replace(text, Separator(values[0]), Values.Text(values[1])) : throw PythonError.Type("replace expected 2 arguments"),
        "startswith" => (values, _) => text.StartsWith(Values.Text(First(values)), StringComparison.Ordinal),
        "endswith" => (values, _) => text.EndsWith(Values.Text(First(values)), StringComparison.Ordinal),
        "find" => (values, _) => (BigInteger)text.IndexOf(Values.Text(First(values)), StringComparison.Ordinal),
        "count" => (values, _) => (BigInteger)(text.Split(Separator(First(values))).Length - 1),
        "isdigit" => (_, _) => text.Length > 0 && text.All(char.IsAsciiDigit),
        "isalpha" => (_, _) => text.Length > 0 && text.All(char.IsLetter),
        _ => null,
    };

    private static Callable? OfList(List<object?> list, string name, Machine? machine) => name switch
    {
        "append" => (values, _) => Do(() => list.Add(First(values))),
        "extend" => (values, _) => Do(() => list.AddRange(Spent([.. Operators.Items(First(values))], machine))),
        "insert" => (values, _) => Do(() => list.Insert(Math.Clamp(Values.Index(First(values)), 0, list.Count), values[^1])),
        "pop" => (values, _) => Pop(list, values.Count > 0 ? Values.Index(values[0]) : -1),
        "remove" => (values, _) => list.FindIndex(item => Values.Same(item, First(values))) is >= 0 and var at ? Do(() => list.RemoveAt(at)) : throw PythonError.Value("list.remove(x): x not in list"),
        "sort" => (_, named) => Do(() =>
        {
            var sorted = Builtins.Sort([.. list], named, machine!);
            list.Clear();
            list.AddRange(sorted);
        }),
        "reverse" => (_, _) => Do(list.Reverse),
        "clear" => (_, _) => Do(list.Clear),
        "copy" => (_, _) => list.ToList(),
        "index" => (values, _) => list.FindIndex(item => Values.Same(item, First(values))) is >= 0 and var at ? (BigInteger)at : throw PythonError.Value($"{Values.Show(values[0])} is not in list"),
        "count" => (values, _) => (BigInteger)list.Count(item => Values.Same(item, First(values))),
        _ => null,
    };

    private static Callable? OfMap(OrderedDictionary<object, object?> map, string name) => name switch
    {
        "keys" => (_, _) => map.Keys.Select(key => (object?)key).ToList(),
        "values" => (_, _) => map.Values.ToList(),
        "items" => (_, _) => map.Select(pair => (object?)new[] { pair.Key, pair.Value }).ToList(),
        "get" => (values, _) => First(values) is { } key && map.TryGetValue(key, out var value) ? value : values.Count > 1 ? values[1] : null,
        "pop" => (values, _) => First(values) is { } key && map.Remove(key, out var value) ? value : values.Count > 1 ? values[1] : throw new PythonError("KeyError", Values.Show(values[0])),
        "update" => (values, _) => Do(() =>
        {
            foreach (var (key, value) in First(values) as OrderedDictionary<object, object?> ?? throw PythonError.Type("update expected a dict"))
            {
                map[key] = value;
            }
        }),
        "copy" => (_, _) => Operators.Dictionary(map.Select(pair => (object?)new[] { pair.Key, pair.Value })),
        _ => null,
    };

    private static string Join(string between, List<string> parts) =>
        parts.Sum(part => (long)part.Length + between.Length) <= MostCharacters ? string.Join(between, parts) : throw TooLong();

    private static string Replace(string text, string old, string with) =>
        (long)text.Length / old.Length * with.Length <= MostCharacters ? text.Replace(old, with, StringComparison.Ordinal) : throw TooLong();

    private static PythonError TooLong() => new("MemoryError", "the text is too long");

    private static object? Pop(List<object?> list, int index)
    {
        var at = index < 0 ? index + list.Count : index;
        if (at < 0 || at >= list.Count)
        {
            throw new PythonError("IndexError", list.Count == 0 ? "pop from empty list" : "pop index out of range");
        }

        var value = list[at];
        list.RemoveAt(at);
        return value;
    }

    private static object? First(IReadOnlyList<object?> values) => values.Count > 0 ? values[0] : throw PythonError.Type("missing an argument");

    private static string Separator(object? value) => Values.Text(value) is { Length: > 0 } text ? text : throw PythonError.Value("empty separator");

    private static List<object?> Spent(List<object?> list, Machine? machine)
    {
        machine?.Spend(list.Count);
        return list;
    }

    private static object? Do(Action action)
    {
        action();
        return null;
    }
}
