using BlazorAgents.Agents.HostedTools;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Reads the sources of a text part.</summary>
internal static class AnnotationReader
{
    /// <summary>Where the container of a made file is named, in the citation's additional properties.</summary>
    public const string ContainerKey = "container_id";

    /// <summary>The citation, or null for a kind that is not known.</summary>
    /// <param name="annotation">The wire's form; it counts characters of its part.</param>
    /// <param name="partStart">Characters of the message before that part.</param>
    /// <param name="passages">The nearest passage of each file that a search found, for the snippet.</param>
    public static CitationAnnotation? Read(
        Sdk.ResponseMessageAnnotation annotation, int partStart, IReadOnlyDictionary<string, HostedToolOutput.Passage> passages) => annotation switch
    {
        Sdk.UriCitationMessageAnnotation uri => new CitationAnnotation
        {
            Url = uri.Uri,
            Title = uri.Title,
            ToolName = "web_search",
            AnnotatedRegions = Span(partStart, uri.StartIndex, uri.EndIndex),
        },
        Sdk.FileCitationMessageAnnotation file => new CitationAnnotation
        {
            FileId = file.FileId,
            Title = file.Filename,
            ToolName = "file_search",
            Snippet = passages.TryGetValue(file.FileId, out var passage) ? passage.Value : null,
            AnnotatedRegions = Span(partStart, file.Index, file.Index),
        },
        Sdk.ContainerFileCitationMessageAnnotation made => new CitationAnnotation
        {
            FileId = made.FileId,
            Title = made.Filename,
            ToolName = "code_interpreter",
            AnnotatedRegions = Span(partStart, made.StartIndex, made.EndIndex),
            AdditionalProperties = new AdditionalPropertiesDictionary { [ContainerKey] = made.ContainerId },
        },
        Sdk.FilePathMessageAnnotation path => new CitationAnnotation
        {
            FileId = path.FileId,
            ToolName = "code_interpreter",
            AnnotatedRegions = Span(partStart, path.Index, path.Index),
        },
        _ => null,
    };

    private static IList<AnnotatedRegion> Span(int partStart, int start, int end) =>
        [new TextSpanAnnotatedRegion { StartIndex = partStart + start, EndIndex = partStart + end }];
}
