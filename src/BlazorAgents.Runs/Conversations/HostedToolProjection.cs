using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>The provider's tool calls as they are stored, and back. A picture beyond the limit is not kept.</summary>
internal static class HostedToolProjection
{
    private const int MaxImageBytes = 8 * 1024 * 1024;
    private const int MaxParts = 100;
    private const int MaxText = 200_000;

    public static ItemPayload.HostedTool Write(HostedToolCall call) => new(
        call.CallId,
        call.Kind.ToString(),
        call.Name,
        call.ServerName,
        Cut(call.Input),
        call.Status.ToString(),
        [.. call.Outputs.Take(MaxParts).Select(Write)],
        call.Error);

    /// <summary>A call that nobody carries out any more was cut off.</summary>
    public static HostedToolCall Read(ItemPayload.HostedTool stored, bool isAtWork)
    {
        var status = Enum.TryParse<HostedToolStatus>(stored.Status, out var known) ? known : HostedToolStatus.Failed;
        var isCutOff = status is HostedToolStatus.Running && !isAtWork;
        return new HostedToolCall(stored.CallId, Enum.TryParse<HostedToolKind>(stored.Tool, out var kind) ? kind : HostedToolKind.Mcp)
        {
            Name = stored.Name,
            ServerName = stored.Server,
            Input = stored.Input,
            Status = isCutOff ? HostedToolStatus.Failed : status,
            Outputs = [.. stored.Outputs.Select(Read).OfType<HostedToolOutput>()],
            Error = isCutOff ? "The call was cut off." : stored.Error,
        };
    }

    private static HostedToolPart Write(HostedToolOutput output) => output switch
    {
        HostedToolOutput.Text text => new("text", Text: Cut(text.Value)),
        HostedToolOutput.Image image when image.Data.Length <= MaxImageBytes => new("image", MediaType: image.MediaType, Data: image.Data.ToArray()),
        HostedToolOutput.Image image => new("text", Text: $"A picture of {image.Data.Length:N0} bytes, too large to be kept."),
        HostedToolOutput.ImageLink link => new("image_link", Url: link.Url),
        HostedToolOutput.File file => new("file", FileId: file.FileId, ContainerId: file.ContainerId, Title: file.Name),
        HostedToolOutput.Link link => new("link", Url: link.Url, Title: link.Title),
        HostedToolOutput.Passage passage => new("passage", FileId: passage.FileId, Title: passage.FileName, Score: passage.Score, Text: Cut(passage.Value)),
        _ => new("text", Text: "Something that this version does not know."),
    };

    private static HostedToolOutput? Read(HostedToolPart part) => part switch
    {
        { Type: "text", Text: { } text } => new HostedToolOutput.Text(text),
        { Type: "image", Data: { } data } => new HostedToolOutput.Image(data, part.MediaType ?? "image/png"),
        { Type: "image_link", Url: { } url } => new HostedToolOutput.ImageLink(url),
        { Type: "file", FileId: { } id } => new HostedToolOutput.File(id, part.ContainerId, part.Title),
        { Type: "link", Url: { } url } => new HostedToolOutput.Link(url, part.Title),
        { Type: "passage", FileId: { } id } => new HostedToolOutput.Passage(id, part.Title, part.Score, part.Text ?? ""),
        _ => null,
    };

    private static string Cut(string text) => text.Length <= MaxText ? text : string.Concat(text.AsSpan(0, MaxText), "…");
}
