using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>A source as it is shown; a page or file that is named several times is one.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Title">Its title, else its host, else its file's id.</param>
/// <param name="Url">Its address, or null.</param>
/// <param name="Hint">The words quoted from it, or where it is.</param>
internal sealed record SourceChip(int Number, string Title, string? Url, string? Hint)
{
    private const int MaxSnippets = 3;

    /// <summary>The chips of an answer's sources.</summary>
    public static IReadOnlyList<SourceChip> Of(IEnumerable<Citation> sources, int max) =>
        [.. sources.GroupBy(source => source.Url ?? source.FileId ?? source.Title).Take(max).Select((named, index) => Of([.. named], index + 1))];

    private static SourceChip Of(Citation[] named, int number)
    {
        var first = named[0];
        var host = OutsideLink.Web(first.Url)?.Host;
        var snippets = named.Select(source => OutsideText.Line(source.Snippet, 300)).Where(snippet => snippet.Length > 0).Distinct().Take(MaxSnippets).ToList();
        return new SourceChip(
            number,
            named.Select(source => OutsideText.Line(source.Title)).FirstOrDefault(title => title.Length > 0) ?? host ?? FileOf(first),
            first.Url,
            snippets.Count > 0 ? string.Join("\n", snippets) : host);
    }

    private static string FileOf(Citation source) => OutsideText.Line(source.FileId) is { Length: > 0 } id ? id : "A source without a name";
}
