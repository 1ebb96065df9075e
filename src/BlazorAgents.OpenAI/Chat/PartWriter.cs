using System.Text;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace BlazorAgents.OpenAI.Chat;

/// <summary>Writes what a person sent: text, images, audio, files.</summary>
internal static class PartWriter
{
    public static IReadOnlyList<Sdk.ChatMessageContentPart> Write(IEnumerable<AIContent> contents) =>
        [.. contents.Select(Write).OfType<Sdk.ChatMessageContentPart>()];

    private static Sdk.ChatMessageContentPart? Write(AIContent content) => content switch
    {
        TextContent { Text.Length: > 0 } text => Sdk.ChatMessageContentPart.CreateTextPart(text.Text),
        DataContent data => Write(data),
        UriContent uri when uri.HasTopLevelMediaType("image") => Sdk.ChatMessageContentPart.CreateImagePart(uri.Uri, Detail(uri)),
        UriContent uri => Sdk.ChatMessageContentPart.CreateTextPart(uri.Uri.ToString()), // the wire takes addresses of images only
        HostedFileContent file => Sdk.ChatMessageContentPart.CreateFilePart(file.FileId),
        _ => null,
    };

    private static Sdk.ChatMessageContentPart Write(DataContent data)
    {
        var bytes = BinaryData.FromBytes(data.Data);
        return data switch
        {
            _ when data.HasTopLevelMediaType("image") => Sdk.ChatMessageContentPart.CreateImagePart(bytes, data.MediaType, Detail(data)),
            _ when data.HasTopLevelMediaType("audio") => Sdk.ChatMessageContentPart.CreateInputAudioPart(bytes, AudioFormat(data.MediaType)),

            // File parts are for PDF; plain text is understood by every model as text.
            _ when data.HasTopLevelMediaType("text") => Sdk.ChatMessageContentPart.CreateTextPart(
                $"File {data.Name ?? "without a name"}:\n{Encoding.UTF8.GetString(data.Data.Span)}"),
            _ => Sdk.ChatMessageContentPart.CreateFilePart(bytes, data.MediaType, data.Name ?? "file"),
        };
    }

    private static Sdk.ChatInputAudioFormat AudioFormat(string mediaType) =>
        mediaType is "audio/mpeg" or "audio/mp3" ? Sdk.ChatInputAudioFormat.Mp3 : Sdk.ChatInputAudioFormat.Wav;

    /// <summary>"detail" ("low", "high", "auto") may be set in the content's additional properties.</summary>
    private static Sdk.ChatImageDetailLevel? Detail(AIContent content) =>
        content.AdditionalProperties?.TryGetValue("detail", out var detail) == true && detail is string text
            ? new Sdk.ChatImageDetailLevel(text)
            : default(Sdk.ChatImageDetailLevel?); // a bare null would convert through the type's string operator, and throw
}
