using System.Numerics;

namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>The few modules that programs may import: math, statistics, csv, and matplotlib for a line or bar chart.</summary>
internal static class Modules
{
    private const int MostFactorial = 10_000;

    private static readonly string[] s_ignored = ["grid", "title", "xlabel", "ylabel", "legend", "figure", "show", "tight_layout", "xticks", "yticks", "close"];

    public static PyObject Load(string name, Machine machine) => name switch
    {
        "math" => Math(machine),
        "statistics" => Statistics(machine),
        "csv" => Csv(machine),
        "matplotlib" => new PyObject(name, new Dictionary<string, object?> { ["use"] = Ignore, ["pyplot"] = Plot(machine) }),
        "matplotlib.pyplot" => Plot(machine),
        _ => throw new PythonError("ModuleNotFoundError", $"No module named '{name}' in the offline demo's small Python (it has math, statistics, csv and matplotlib.pyplot)"),
    };

    private static Callable Ignore { get; } = (_, _) => null;

    private static PyObject Math(Machine machine) => new("math", new Dictionary<string, object?>
    {
        ["pi"] = System.Math.PI,
        ["e"] = System.Math.E,
        ["inf"] = double.PositiveInfinity,
        ["sqrt"] = Real(value => value >= 0 ? System.Math.Sqrt(value) : throw PythonError.Value("math domain error")),
        ["sin"] = Real(System.Math.Sin),
        ["cos"] = Real(System.Math.Cos),
        ["tan"] = Real(System.Math.Tan),
        ["exp"] = Real(System.Math.Exp),
        ["radians"] = Real(value => value * System.Math.PI / 180),
        ["degrees"] = Real(value => value * 180 / System.Math.PI),
        ["log10"] = Real(value => value > 0 ? System.Math.Log10(value) : throw PythonError.Value("math domain error")),
        ["log2"] = Real(value => value > 0 ? System.Math.Log2(value) : throw PythonError.Value("math domain error")),
        ["log"] = (Callable)((values, _) => Values.Real(At(values, 0)) is > 0 and var value ? values.Count > 1 ? System.Math.Log(value, Values.Real(values[1])) : System.Math.Log(value) : throw PythonError.Value("math domain error")),
        ["pow"] = (Callable)((values, _) => System.Math.Pow(Values.Real(At(values, 0)), Values.Real(At(values, 1)))),
        ["hypot"] = (Callable)((values, _) => System.Math.Sqrt(values.Sum(value => Values.Real(value) * Values.Real(value)))),
        ["floor"] = (Callable)((values, _) => new BigInteger(System.Math.Floor(Values.Real(At(values, 0))))),
        ["ceil"] = (Callable)((values, _) => new BigInteger(System.Math.Ceiling(Values.Real(At(values, 0))))),
        ["gcd"] = (Callable)((values, _) => values.Select(Values.Whole).Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor)),
        ["prod"] = (Callable)((values, _) => Operators.Items(At(values, 0)).Aggregate((object?)BigInteger.One, (product, item) => Operators.Apply("*", product, item, machine))),
        ["factorial"] = (Callable)((values, _) => Factorial(Values.Whole(At(values, 0)), machine)),
    });

    private static PyObject Statistics(Machine machine) => new("statistics", new Dictionary<string, object?>
    {
        ["mean"] = Of(data => Mean(data, machine)),
        ["fmean"] = Of(data => data.Average(Values.Real)),
        ["median"] = Of(Median),
        ["mode"] = Of(data => data.GroupBy(item => item!, Values.Comparer).MaxBy(group => group.Count())!.Key),
        ["pstdev"] = Of(data => System.Math.Sqrt(Squares(data) / data.Count)),
        ["stdev"] = Of(data => System.Math.Sqrt(Squares(data) / More(data))),
        ["variance"] = Of(data => Squares(data) / More(data)),
    });

    private static PyObject Csv(Machine machine) => new("csv", new Dictionary<string, object?>
    {
        ["writer"] = (Callable)((values, _) =>
        {
            var write = Operators.Member(At(values, 0), "write", machine);
            object? Row(object? row) => Builtins.Call(write, string.Join(",", Operators.Items(row).Select(cell => Cell(Values.Print(cell)))) + "\n");
            return new PyObject("writer", new Dictionary<string, object?>
            {
                ["writerow"] = (Callable)((row, _) => Row(At(row, 0))),
                ["writerows"] = (Callable)((rows, _) => Operators.Items(At(rows, 0)).ToList().ConvertAll(Row).LastOrDefault()),
            });
        }),
        ["reader"] = (Callable)((values, _) => Operators.Items(At(values, 0)).Select(line => (object?)Values.Text(line).TrimEnd('\n', '\r').Split(',').Select(cell => (object?)cell.Trim('"')).ToList()).ToList()),
    });

    private static PyObject Plot(Machine machine)
    {
        var members = s_ignored.ToDictionary(name => name, _ => (object?)Ignore);
        members["plot"] = (Callable)((values, _) => Draw(machine, values, bars: false));
        members["scatter"] = members["plot"];
        members["bar"] = (Callable)((values, _) => Draw(machine, values, bars: true));
        members["savefig"] = (Callable)((values, _) =>
        {
            machine.Write(Values.Text(At(values, 0)), machine.Chart.Render());
            machine.Chart = new Chart();
            return null;
        });
        return new PyObject("matplotlib.pyplot", members);
    }

    private static object? Draw(Machine machine, IReadOnlyList<object?> values, bool bars)
    {
        var second = values.Count > 1 && values[1] is not string;
        var y = Operators.Items(At(values, second ? 1 : 0)).Select(Values.Real).ToList();
        var given = second ? Operators.Items(values[0]).ToList() : [];
        var x = given.Count == y.Count && given.TrueForAll(Values.IsNumber) && !bars ? given.ConvertAll(Values.Real) : [.. Enumerable.Range(0, y.Count).Select(index => (double)index)];
        machine.Spend(y.Count);
        machine.Chart.Add(x, y, bars);
        return null;
    }

    private static BigInteger Factorial(BigInteger number, Machine machine)
    {
        if (number < 0 || number > MostFactorial)
        {
            throw PythonError.Value($"factorial() of the offline demo takes 0 to {MostFactorial}");
        }

        var product = BigInteger.One;
        for (var factor = 2; factor <= number; factor++)
        {
            machine.Spend(product.GetBitLength() / 256);
            product *= factor;
        }

        return product;
    }

    private static object? Mean(List<object?> data, Machine machine)
    {
        var sum = data.Aggregate((object?)BigInteger.Zero, (total, item) => Operators.Apply("+", total, item, machine));
        var mean = Operators.Apply("/", sum, (BigInteger)data.Count, machine);
        return sum is BigInteger && mean is double real && System.Math.Floor(real) == real && System.Math.Abs(real) < 1e15 ? new BigInteger(real) : mean;
    }

    private static object? Median(List<object?> data)
    {
        var sorted = data.OrderBy(Values.Real).ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (Values.Real(sorted[(sorted.Count / 2) - 1]) + Values.Real(sorted[sorted.Count / 2])) / 2;
    }

    private static double Squares(List<object?> data)
    {
        var mean = data.Average(Values.Real);
        return data.Sum(item => (Values.Real(item) - mean) * (Values.Real(item) - mean));
    }

    private static int More(List<object?> data) => data.Count > 1 ? data.Count - 1 : throw new PythonError("StatisticsError", "variance requires at least two data points");

    private static Callable Of(Func<List<object?>, object?> function) => (values, _) =>
        Operators.Items(At(values, 0)).ToList() is { Count: > 0 } data ? function(data) : throw new PythonError("StatisticsError", "at least one data point is required");

    private static Callable Real(Func<double, double> function) => (values, _) => function(Values.Real(At(values, 0)));

    private static object? At(IReadOnlyList<object?> values, int index) => index < values.Count ? values[index] : throw PythonError.Type("missing an argument");

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n") >= 0 ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
}
