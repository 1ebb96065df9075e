using System.Globalization;
using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.VectorStores;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>file_search: searches, tells the model what was found, and turns the model's references into citations.</summary>
internal static partial class FileSearchStep
{
    public static IReadOnlyList<VectorHit> Search(VectorStoreRegistry stores, Run run, ToolCall call)
    {
        var query = WireJson.TryParse(call.Arguments, out var arguments) ? arguments.Text("query") ?? "" : "";
        var options = run.Settings.Tools.Search!;
        return stores.Search(StoresOf(run), new VectorSearch { Queries = [query], MaxResults = options.MaxResults, ScoreThreshold = options.ScoreThreshold });
    }

    /// <summary>The assistant's stores and the thread's own.</summary>
    public static IReadOnlyList<string> StoresOf(Run run) => [.. run.Settings.Resources.VectorStores.Union(run.Thread.Resources.VectorStores)];

    /// <summary>The hits as the model reads them; each has a reference with the numbers of its step and of its place there.</summary>
    public static string Tell(IReadOnlyList<VectorHit> hits, int step, int first) => WireJson.Text(new
    {
        results = hits.Select((hit, index) => new { text = hit.Text, source = hit.FileName, citation = string.Create(CultureInfo.InvariantCulture, $"[cite:{step}:{first + index}]") }),
    });

    /// <summary>The answer in pieces for a stream, references replaced by OpenAI's marks. A JSON answer has no place for them.</summary>
    public static IEnumerable<CitedPiece> Pieces(string text, Run run)
    {
        if (ResponseFormat.IsJson(run.Settings.Format))
        {
            text = Reference().Replace(text, "");
        }

        var at = 0;
        foreach (Match reference in Reference().Matches(text))
        {
            if (Find(run, reference) is not { } hit)
            {
                continue;
            }

            foreach (var piece in Demo.Pieces.Of(text[at..reference.Index]))
            {
                yield return new CitedPiece(piece);
            }

            yield return new CitedPiece($"【{reference.Groups[1].Value}:{reference.Groups[2].Value}†{hit.FileName}】", hit.FileId);
            at = reference.Index + reference.Length;
        }

        foreach (var piece in Demo.Pieces.Of(text[at..]))
        {
            yield return new CitedPiece(piece);
        }
    }

    private static VectorHit? Find(Run run, Match reference)
    {
        var step = int.Parse(reference.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var place = int.Parse(reference.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        return run.Steps.Values.ElementAtOrDefault(step)?.Calls.SelectMany(call => call.Hits).ElementAtOrDefault(place);
    }

    [GeneratedRegex(@"\[cite:(\d{1,4}):(\d{1,4})\]")]
    private static partial Regex Reference();
}
