using System.Text.Json;
using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Answers from retrieved passages: the sentences that share most words with the question, each with its source.</summary>
internal static partial class Passages
{
    private const int PassageLength = 60;
    private const int MostSentences = 3;
    private const double EnoughShared = 0.4;
    private const double RankWeight = 0.1;

    private static readonly string[] s_texts = ["text", "content", "snippet", "passage", "excerpt", "chunk", "body"];
    private static readonly string[] s_sources = ["source", "title", "filename", "file_name", "fileName", "document", "documentName", "name", "url", "file"];
    private static readonly string[] s_marks = ["citation", "cite", "marker", "ref", "label"];

    /// <summary>Null if the rows are not passages.</summary>
    public static string? Tell(IReadOnlyList<JsonElement> rows, string question)
    {
        var passages = rows.Select(row => (Text: Member(row, s_texts), Source: Member(row, s_sources), Mark: Member(row, s_marks))).Where(passage => passage.Text is { Length: >= PassageLength }).ToList();
        if (passages.Count == 0)
        {
            return null;
        }

        var wanted = Words.Content(question).ToHashSet();
        var enough = Math.Max(1, Math.Ceiling(wanted.Count * EnoughShared));
        var best = passages
            .SelectMany((passage, rank) => Sentence().Split(passage.Text!).Select(sentence => sentence.Trim().TrimStart('#', '-', ' ')).Where(sentence => sentence.Length > 0)
                .Select(sentence => (Sentence: sentence, passage.Source, passage.Mark, Rank: rank, Shared: Words.Content(sentence).Distinct().Count(wanted.Contains))))
            .Where(hit => hit.Shared >= enough)
            .OrderByDescending(hit => hit.Shared - (hit.Rank * RankWeight)).DistinctBy(hit => hit.Sentence).Take(MostSentences).ToList();
        return best.Count == 0
            ? "I found passages, but none that answers this question. The nearest comes from " + (passages[0].Source ?? "an unnamed source") + "."
            : string.Join("\n\n", best.Select(hit => Cite(hit.Sentence, hit.Source, hit.Mark)));
    }

    private static string Cite(string sentence, string? source, string? mark) =>
        sentence + (mark is not null ? " " + (mark.StartsWith('[') ? mark : $"[{mark}]") : source is not null ? $" *(source: {source})*" : "");

    private static string? Member(JsonElement row, string[] names) =>
        names.Select(name => row.Member(name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value ? value.ToString() : null).FirstOrDefault(value => value is { Length: > 0 });

    [GeneratedRegex(@"(?<=[.!?])\s+(?=\p{Lu}|\d)|\n+")]
    private static partial Regex Sentence();
}
