using System.Text.Json;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Chat;

/// <summary>Reads the wire's "annotations" of a message.</summary>
internal static class CitationReader
{
    /// <summary>The web citations of an annotations array; others are ignored.</summary>
    public static IList<AIAnnotation> Read(ReadOnlyMemory<byte> json)
    {
        var annotations = new List<AIAnnotation>();
        var array = JsonElement.Parse(json.Span);
        if (array.ValueKind != JsonValueKind.Array)
        {
            return annotations;
        }

        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("url_citation", out var citation) && citation.ValueKind == JsonValueKind.Object)
            {
                annotations.Add(Create(Text(citation, "url"), Text(citation, "title"), Number(citation, "start_index"), Number(citation, "end_index")));
            }
        }

        return annotations;
    }

    public static CitationAnnotation Create(string? url, string? title, int? start, int? end) => new()
    {
        Url = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : null,
        Title = title,
        AnnotatedRegions = start is null ? null : [new TextSpanAnnotatedRegion { StartIndex = start, EndIndex = end }],
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
