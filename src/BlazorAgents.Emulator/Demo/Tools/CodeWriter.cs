using System.Globalization;
using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Demo.Extract;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Writes the few Python programs that the demo knows.</summary>
internal static partial class CodeWriter
{
    private const int MostNumbers = 10_000;

    public static string? For(string text)
    {
        if (Block().Match(text) is { Success: true } block)
        {
            return block.Groups[1].Value.Trim();
        }

        var count = (int)Math.Clamp(Numbers.In(text).Select(number => number.Value).FirstOrDefault(value => value >= 1, 10), 1, MostNumbers);
        return text.ToLowerInvariant() switch
        {
            var asked when asked.Contains("fibonacci", StringComparison.Ordinal) => Fibonacci(count),
            var asked when asked.Contains("prime", StringComparison.Ordinal) => Primes(count),
            var asked when asked.Contains("factorial", StringComparison.Ordinal) => $"import math\n\nprint(math.factorial({count}))",
            var asked when Share().IsMatch(asked) => Shares(text),
            var asked when Chart().IsMatch(asked) => Plot(text),
            var asked when Statistic().IsMatch(asked) && List(text) is { } list => Statistics(list),
            var asked when asked.Contains("sort", StringComparison.Ordinal) && List(text) is { } list => $"print(sorted([{list}]))",
            _ => Sums.In(text) is { } sum ? $"print({sum.Replace("^", "**", StringComparison.Ordinal)})" : null,
        };
    }

    private static string Fibonacci(int count) => $"""
        # Each number is the sum of the two before it.
        numbers = [0, 1]
        while len(numbers) < {count}:
            numbers.append(numbers[-1] + numbers[-2])
        print(numbers[:{count}])
        """;

    private static string Primes(int count) => $"""
        # A number is prime if no smaller prime up to its root divides it.
        primes = []
        candidate = 2
        while len(primes) < {count}:
            if all(candidate % prime for prime in primes if prime * prime <= candidate):
                primes.append(candidate)
            candidate += 1
        print(primes)
        """;

    private static string Statistics(string list) => $"""
        import statistics

        data = [{list}]
        print("Count:", len(data))
        print("Mean:", round(statistics.mean(data), 2))
        print("Median:", statistics.median(data))
        print("Standard deviation:", round(statistics.stdev(data), 2) if len(data) > 1 else 0)
        """;

    private static string? Shares(string text)
    {
        var rows = Row().Matches(text).Select(match => $"    \"{match.Groups[1].Value.Trim()}\": {match.Groups[2].Value},").ToList();
        return rows.Count < 2 ? null : $$"""
            data = {
            {{string.Join('\n', rows)}}
            }
            total = sum(data.values())
            for name, value in data.items():
                print(f"{name}: {100 * value / total:.1f} %")
            """;
    }

    private static string Plot(string text)
    {
        var data = List(text) is { } list ? $"y = [{list}]\nx = list(range(1, len(y) + 1))" : "x = [i / 10 for i in range(0, 63)]\ny = [math.sin(value) for value in x]";
        return $"""
            import math
            import matplotlib
            matplotlib.use("Agg")
            import matplotlib.pyplot as plt

            {data}
            plt.plot(x, y)
            plt.grid(True)
            plt.savefig("plot.png")
            print("Saved plot.png with", len(y), "points")
            """;
    }

    private static string? List(string text)
    {
        var bracket = Bracket().Match(text);
        var numbers = Numbers.In(bracket.Success ? bracket.Groups[1].Value.Replace(",", " , ", StringComparison.Ordinal) : text.Replace(",", " , ", StringComparison.Ordinal));
        return numbers.Count < 2 ? null : string.Join(", ", numbers.Take(MostNumbers).Select(number => number.Value.ToString(CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex(@"```(?:python|py)?\s*\n(.+?)```", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Block();

    [GeneratedRegex(@"\[([-\d.,\s]+)\]")]
    private static partial Regex Bracket();

    [GeneratedRegex(@"percent(?:age)?s?\b.*\btotal|share of")]
    private static partial Regex Share();

    [GeneratedRegex(@"\b(?:plot|chart|graph|histogram)\b")]
    private static partial Regex Chart();

    [GeneratedRegex(@"\b(?:mean|average|median|deviation|statistics|stats)\b")]
    private static partial Regex Statistic();

    [GeneratedRegex(@"^\s*[-*]?\s*([A-Za-z][\w ]{0,40}):\s*\$?(\d+(?:\.\d+)?)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
