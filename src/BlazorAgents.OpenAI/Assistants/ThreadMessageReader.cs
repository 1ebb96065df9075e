using BlazorAgents.Agents;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Assistants;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>Reads the messages of a thread as the server keeps them.</summary>
internal static class ThreadMessageReader
{
    public static ChatMessage Read(Sdk.ThreadMessage wire)
    {
        var message = new ChatMessage(wire.Role == Sdk.MessageRole.User ? ChatRole.User : ChatRole.Assistant, [])
        {
            MessageId = wire.Id,
            CreatedAt = wire.CreatedAt,
        };
        foreach (var part in wire.Content ?? [])
        {
            Add(part, message.Contents);
        }

        foreach (var attachment in wire.Attachments ?? [])
        {
            message.Contents.Add(new HostedFileContent(attachment.FileId));
        }

        return message;
    }

    /// <summary>A source in a file, or a file that the answer made.</summary>
    public static CitationAnnotation Citation(string? inputFileId, string? outputFileId, int? start, int? end) => new()
    {
        FileId = string.IsNullOrEmpty(inputFileId) ? outputFileId : inputFileId,
        ToolName = string.IsNullOrEmpty(inputFileId) ? "code_interpreter" : "file_search",
        AnnotatedRegions = start is null ? null : [new TextSpanAnnotatedRegion { StartIndex = start, EndIndex = end }],
    };

    private static void Add(Sdk.MessageContent part, IList<AIContent> contents)
    {
        if (part.Text is { Length: > 0 } text)
        {
            var content = new TextContent(text);
            if (part.TextAnnotations is { Count: > 0 } notes)
            {
                content.Annotations = [.. notes.Select(n => Citation(n.InputFileId, n.OutputFileId, n.StartIndex, n.EndIndex))];
            }

            contents.Add(content);
        }
        else if (part.ImageFileId is { Length: > 0 } file)
        {
            contents.Add(new HostedFileContent(file) { MediaType = "image/png" });
        }
        else if (part.ImageUri is { } uri)
        {
            contents.Add(new UriContent(uri, "image/*"));
        }
        else if (part.Refusal is { Length: > 0 } refusal)
        {
            contents.Add(RefusalText.Create(refusal));
        }
    }
}
