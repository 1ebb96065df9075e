using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Responses.Hosted;

/// <summary>Gives each source a mark for the demo's rules to carry along, and turns the marks of an answer into annotations.</summary>
internal sealed partial class CitationMarks
{
    private readonly List<Func<StringBuilder, object>> _sources = [];
    private readonly List<(string Name, string ContainerId, string FileId)> _files = [];

    /// <summary>A passage of a file; its annotation stands at the index where the sentence ends.</summary>
    public string AddFile(string fileId, string fileName) => Add(text => new { type = "file_citation", file_id = fileId, index = text.Length, filename = fileName });

    /// <summary>A web page; a link is written into the answer, and the annotation spans it.</summary>
    public string AddPage(string url, string title) => Add(text =>
    {
        var start = text.Length + 1;
        text.Append(CultureInfo.InvariantCulture, $" ([{title}]({url}))");
        return new { type = "url_citation", start_index = start, end_index = text.Length, url, title };
    });

    /// <summary>A file that code wrote: a link at the answer's end.</summary>
    public void AddOutput(string name, string containerId, string fileId) => _files.Add((name, containerId, fileId));

    /// <summary>The answer without marks, with its annotations.</summary>
    public CitedText Resolve(string answer)
    {
        var text = new StringBuilder();
        var citations = new List<Citation>();
        var at = 0;
        foreach (Match match in Mark().Matches(answer))
        {
            text.Append(answer, at, match.Index - at);
            at = match.Index + match.Length;
            if (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var number && number < _sources.Count)
            {
                var annotation = _sources[number](text);
                citations.Add(new Citation(text.Length, annotation));
            }
        }

        text.Append(answer, at, answer.Length - at);
        foreach (var (name, containerId, fileId) in _files)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\n[{name}](");
            var start = text.Length;
            text.Append("sandbox:/mnt/data/").Append(name);
            citations.Add(new Citation(text.Length + 1, new { type = "container_file_citation", container_id = containerId, file_id = fileId, filename = name, start_index = start, end_index = text.Length }));
            text.Append(')');
        }

        return new CitedText(text.ToString(), citations);
    }

    /// <summary>The answer without marks: a JSON answer has no place for citations.</summary>
    public static string Strip(string answer) => Mark().Replace(answer, "");

    private string Add(Func<StringBuilder, object> annotate)
    {
        _sources.Add(annotate);
        return $"[\uE200{_sources.Count - 1}]";
    }

    [GeneratedRegex("\\s?\\[\uE200(\\d{1,6})\\]")]
    private static partial Regex Mark();
}
