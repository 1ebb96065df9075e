using System.Text;
using BlazorAgents.Agents;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Writes what a person sent: text, images, files.</summary>
internal static class PartWriter
{
    /// <summary>The part, or null for contents that are no input of a message.</summary>
    public static Sdk.ResponseContentPart? Write(AIContent content) => content switch
    {
        TextContent { Text.Length: > 0 } text => Sdk.ResponseContentPart.CreateInputTextPart(text.Text),
        DataContent data => Write(data),
        UriContent uri when uri.HasTopLevelMediaType("image") => Sdk.ResponseContentPart.CreateInputImagePart(uri.Uri, Detail(uri)),
        UriContent uri when uri.HasTopLevelMediaType("text") => Sdk.ResponseContentPart.CreateInputTextPart(uri.Uri.ToString()), // a page, not a file
        UriContent uri => Sdk.ResponseContentPart.CreateInputFilePart(uri.Uri),
        HostedFileContent { MediaType: { } type } image when type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) =>
            Sdk.ResponseContentPart.CreateInputImagePart(image.FileId, Detail(image)),
        HostedFileContent file => Sdk.ResponseContentPart.CreateInputFilePart(file.FileId),
        _ => null,
    };

    private static Sdk.ResponseContentPart Write(DataContent data) => data switch
    {
        _ when data.HasTopLevelMediaType("image") => Sdk.ResponseContentPart.CreateInputImagePart(
            BinaryData.FromBytes(data.Data, data.MediaType), Detail(data)),
        _ when data.HasTopLevelMediaType("audio") => throw new AgentException(
            AgentErrorKind.BadResponse, "The Responses client cannot send audio. Use the Chat client for this agent, or send the text."),

        // Plain text is understood by every model as text; file parts are for PDF and office documents.
        _ when data.HasTopLevelMediaType("text") => Sdk.ResponseContentPart.CreateInputTextPart(
            $"File {data.Name ?? "without a name"}:\n{Encoding.UTF8.GetString(data.Data.Span)}"),
        _ => Sdk.ResponseContentPart.CreateInputFilePart(BinaryData.FromBytes(data.Data), data.MediaType, data.Name ?? "file"),
    };

    /// <summary>"detail" ("low", "high", "auto") may be set in the content's additional properties; the specification requires one.</summary>
    private static Sdk.ResponseImageDetailLevel Detail(AIContent content) =>
        content.AdditionalProperties?.TryGetValue("detail", out var detail) == true && detail is string text
            ? new Sdk.ResponseImageDetailLevel(text)
            : Sdk.ResponseImageDetailLevel.Auto;
}
