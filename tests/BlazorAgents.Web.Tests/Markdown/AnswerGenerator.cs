namespace BlazorAgents.Web.Tests.Markdown;

/// <summary>The load generator's Markdown answer, token by token: headings, paragraphs, lists, tables, quotes and code, over and over.</summary>
internal static class AnswerGenerator
{
    private const int MarkEvery = 5;

    private static readonly string[] s_words = ("the quick stream of small words flows through a server and into the page where a reader " +
        "waits for every token while layout style and paint share one thread with input so each update has " +
        "to stay cheap even when an answer grows long and the thread above it holds many earlier messages").Split(' ');

    private static readonly (string Language, string[] Tokens)[] s_code =
    [
        ("csharp", ["public", " async", " Task", "<", "int", ">", " Sum", "Async", "(", "IEnumerable", "<", "int", ">", " values", ")", "\n{\n", "    var", " total", " =", " 0", ";\n", "    foreach", " (", "var", " v", " in", " values", ")", " {", " total", " +=", " v", ";", " }\n", "    await", " Task", ".", "Yield", "(", ")", ";\n", "    return", " total", ";\n", "}\n"]),
        ("python", ["def", " fib", "(", "n", ":", " int", ")", " ->", " int", ":\n", "    a", ",", " b", " =", " 0", ",", " 1\n", "    for", " _", " in", " range", "(", "n", ")", ":\n", "        a", ",", " b", " =", " b", ",", " a", " +", " b\n", "    return", " a\n", "print", "(", "fib", "(", "30", ")", ")\n"]),
        ("javascript", ["const", " xs", " =", " [", "1", ",", " 2", ",", " 3", "];\n", "const", " sum", " =", " xs", ".reduce", "((", "a", ",", " b", ")", " =>", " a", " +", " b", ",", " 0", ");\n", "console", ".log", "(`", "sum", " is", " ${", "sum", "}", "`);\n"]),
    ];

    public static IEnumerable<string> Tokens(int count) => Endless().Take(count);

    private static IEnumerable<string> Endless()
    {
        var words = new Words();
        foreach (var token in (string[])["zq0z", " is", " here", ".", "\n\n"])
        {
            yield return token;
        }

        for (var n = 1; ; n++)
        {
            foreach (var token in Section(n, words))
            {
                yield return token;
            }
        }
    }

    private static IEnumerable<string> Section(int n, Words words) =>
    [
        "##", " Section", $" {n}", "\n\n",
        .. Enumerable.Range(0, 34).Select(k => (k > 0 ? " " : "") + Decorated(k, n, words.Next())), ".", "\n\n",
        .. Enumerable.Range(0, 4).SelectMany(_ => (string[])["-", .. Enumerable.Range(0, 7).Select(j => " " + (j == 2 ? $"*{words.Next()}*" : words.Next())), "\n"]), "\n",
        .. Enumerable.Range(1, 3).SelectMany(k => (string[])[$"{k}.", .. Enumerable.Range(0, 6).Select(_ => " " + words.Next()), "\n"]), "\n",
        .. n % 2 == 1 ? Table(n, words) : Quote(words),
        "```" + s_code[n % 3].Language, "\n", .. s_code[n % 3].Tokens, "```", "\n\n",
    ];

    private static string Decorated(int k, int n, string word) => k switch
    {
        9 => $"**{word}**",
        17 => $"`{word}`",
        25 => $"[{word}](https://example.invalid/{n})",
        _ => word,
    };

    private static IEnumerable<string> Table(int n, Words words) =>
    [
        "| Name", " | Value", " | Note |", "\n", "|---|---|---|", "\n",
        .. Enumerable.Range(0, 5).SelectMany(k => (string[])["| " + words.Next(), " | " + (k * n), " | " + words.Next(), " " + words.Next(), " |\n"]), "\n",
    ];

    private static IEnumerable<string> Quote(Words words) =>
        ["> ", .. Enumerable.Range(0, 12).Select(j => (j > 0 ? " " : "") + words.Next()), "\n\n"];

    private sealed class Words
    {
        private int _index;
        private int _marks;
        private int _since;

        public string Next() => ++_since >= MarkEvery ? Mark() : s_words[_index++ * 5 % s_words.Length];

        private string Mark()
        {
            _since = 0;
            return $"zq{++_marks}z";
        }
    }
}
