namespace BlazorAgents.Benchmarks;

/// <summary>An answer with every common kind of Markdown, in pieces as a model sends them.</summary>
internal static class SampleAnswer
{
    private const string Section =
        """
        ## A section

        The quick stream of **small words** flows through a `server` and into [the page](https://example.invalid/1) where a reader waits.

        - first item of a list
        - second item with *emphasis*

        1. one
        2. two

        | Name | Value |
        |---|---|
        | alpha | 1 |
        | beta | 2 |

        > a quotation that goes on for a while

        ```csharp
        public async Task<int> SumAsync(IEnumerable<int> values)
        {
            var total = 0;
            foreach (var v in values) { total += v; }
            return total;
        }
        ```


        """;

    /// <summary>Tokens of about four characters.</summary>
    public static IEnumerable<string> Tokens(int count)
    {
        var text = string.Concat(Enumerable.Repeat(Section, (count * 4 / Section.Length) + 1));
        return text.Chunk(4).Take(count).Select(chars => new string(chars));
    }
}
