using System.Collections.Frozen;
using BlazorAgents.Data;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>Ranks products by the words of a query: the name counts most, then category, then description.</summary>
internal static class ProductSearch
{
    private const int MostWords = 20;
    private const int WholeName = 40;
    private const int OwnId = 40;
    private const int NameWord = 10;
    private const int NameStart = 5;
    private const int CategoryWord = 4;
    private const int DescriptionWord = 1;

    private static readonly FrozenSet<string> s_noise = "a an and any for in me my of on or some the to with".Split(' ').ToFrozenSet();

    /// <summary>The fitting products, best first; all of them when the query holds no word.</summary>
    public static IEnumerable<Product> Rank(IEnumerable<Product> products, string query)
    {
        var words = WordsOf(query).Where(word => !s_noise.Contains(word)).Distinct().Take(MostWords).ToList();
        return words.Count == 0
            ? products.OrderBy(product => product.Id, StringComparer.Ordinal)
            : products.Select(product => (Product: product, Score: Score(product, words)))
                .Where(hit => hit.Score > 0)
                .OrderByDescending(hit => hit.Score)
                .ThenByDescending(hit => hit.Product.Stock > 0)
                .ThenBy(hit => hit.Product.Id, StringComparer.Ordinal)
                .Select(hit => hit.Product);
    }

    private static int Score(Product product, List<string> words)
    {
        var name = WordsOf(product.Name).ToList();
        var category = WordsOf(product.Category).ToList();
        var description = WordsOf(product.Description).ToHashSet();
        var score = name.SequenceEqual(words) ? WholeName : 0;
        foreach (var word in words)
        {
            score += word.Equals(product.Id, StringComparison.OrdinalIgnoreCase) ? OwnId
                : name.Contains(word) ? NameWord
                : name.Any(part => part.StartsWith(word, StringComparison.Ordinal)) ? NameStart
                : category.Contains(word) ? CategoryWord
                : description.Contains(word) ? DescriptionWord
                : 0;
        }

        return score;
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsLetterOrDigit(text[at]))
            {
                continue;
            }

            if (at > start)
            {
                yield return Singular(text[start..at].ToLowerInvariant());
            }

            start = at + 1;
        }
    }

    /// <summary>"keyboards" finds "keyboard", "mice" finds "mouse".</summary>
    private static string Singular(string word) => word switch
    {
        "mice" => "mouse",
        { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
        { Length: > 3 } when word[^1] == 's' && word[^2] is not ('s' or 'u') => word[..^1],
        _ => word,
    };
}
