using System.Text;
using BlazorAgents.Agents;
using Microsoft.Extensions.AI;
using OpenAI.Files;
using Sdk = OpenAI.Assistants;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>
/// Writes messages for a thread. Pictures and files are uploaded first. Threads hold what people and the assistant said, so calls of
/// earlier runs and their results stay out: what matters of them is in the answers.
/// </summary>
internal sealed class ThreadInputWriter(OpenAIFileClient files, AssistantSpec spec)
{
    private readonly List<string> _uploaded = [];

    /// <summary>What was uploaded so far, also when writing failed halfway.</summary>
    public IReadOnlyList<string> UploadedFileIds => _uploaded;

    /// <exception cref="AgentException">A file is of a kind that the agent's tools cannot read.</exception>
    public async Task<ThreadInput> WriteAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var wire = new List<Sdk.ThreadInitializationMessage>();
        var instructions = new List<string>();
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
            {
                instructions.Add(message.Text);
            }
            else if (message.Role == ChatRole.User && await WriteUserAsync(message, cancellationToken) is { } user)
            {
                wire.Add(user);
            }
            else if (message.Role == ChatRole.Assistant && TextOf(message) is { Length: > 0 } said)
            {
                wire.Add(new Sdk.ThreadInitializationMessage(Sdk.MessageRole.Assistant, [Sdk.MessageContent.FromText(said)]));
            }
        }

        return new ThreadInput(wire, instructions.Count == 0 ? null : string.Join("\n\n", instructions), _uploaded);
    }

    private static string TextOf(ChatMessage message) => string.Concat(message.Contents.Select(c => c switch
    {
        TextContent text => text.Text,
        ErrorContent { ErrorCode: RefusalText.ErrorCode } refusal => refusal.Message,
        _ => string.Empty,
    }));

    private async Task<Sdk.ThreadInitializationMessage?> WriteUserAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        var parts = new List<Sdk.MessageContent>();
        var attachments = new List<Sdk.MessageCreationAttachment>();
        var names = new List<string>();
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextContent { Text.Length: > 0 } text:
                    parts.Add(Sdk.MessageContent.FromText(text.Text));
                    break;
                case UriContent uri when uri.HasTopLevelMediaType("image"):
                    parts.Add(Sdk.MessageContent.FromImageUri(uri.Uri, Detail(uri)));
                    break;
                case UriContent uri:
                    parts.Add(Sdk.MessageContent.FromText(uri.Uri.ToString())); // the wire takes addresses of images only
                    break;
                case DataContent image when image.HasTopLevelMediaType("image"):
                    parts.Add(Sdk.MessageContent.FromImageFileId(
                        await UploadAsync(image, FileUploadPurpose.Vision, cancellationToken), Detail(image)));
                    break;
                case HostedFileContent image when image.HasTopLevelMediaType("image"):
                    parts.Add(Sdk.MessageContent.FromImageFileId(image.FileId, Detail(image)));
                    break;
                case HostedFileContent file:
                    attachments.Add(Attach(file.FileId, file.Name));
                    names.Add(file.Name ?? file.FileId);
                    break;
                case DataContent text when !spec.SearchesFiles && !spec.RunsCode && text.HasTopLevelMediaType("text"):
                    parts.Add(Sdk.MessageContent.FromText($"File {NameOf(text)}:\n{Encoding.UTF8.GetString(text.Data.Span)}"));
                    break;
                case DataContent file:
                    CheckReadable(NameOf(file)); // before the upload
                    attachments.Add(Attach(await UploadAsync(file, FileUploadPurpose.Assistants, cancellationToken), NameOf(file)));
                    names.Add(NameOf(file));
                    break;
            }
        }

        if (parts.Count == 0 && names.Count > 0)
        {
            parts.Add(Sdk.MessageContent.FromText($"Attached: {string.Join(", ", names)}")); // a message needs a content
        }

        if (parts.Count == 0)
        {
            return null;
        }

        var wire = new Sdk.ThreadInitializationMessage(Sdk.MessageRole.User, parts);
        wire.Attachments = attachments.Count > 0 ? attachments : wire.Attachments; // even an empty list would be sent
        return wire;
    }

    private Sdk.MessageCreationAttachment Attach(string fileId, string? name)
    {
        CheckReadable(name ?? fileId);
        List<Sdk.ToolDefinition> tools = [];
        if (spec.SearchesFiles)
        {
            tools.Add(Sdk.ToolDefinition.CreateFileSearch());
        }

        if (spec.RunsCode)
        {
            tools.Add(Sdk.ToolDefinition.CreateCodeInterpreter());
        }

        return new Sdk.MessageCreationAttachment(fileId, tools);
    }

    private void CheckReadable(string name)
    {
        if (!spec.SearchesFiles && !spec.RunsCode)
        {
            throw new AgentException(
                AgentErrorKind.BadResponse,
                $"This agent cannot read the file {name}: over the Assistants API it needs the tool file search or code interpreter. Add one to the agent, or send the text itself.");
        }
    }

    private async Task<string> UploadAsync(DataContent data, FileUploadPurpose purpose, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(data.Data.ToArray(), writable: false);
        OpenAIFile file = await files.UploadFileAsync(bytes, NameOf(data), purpose, cancellationToken);
        _uploaded.Add(file.Id);
        return file.Id;
    }

    /// <summary>The server judges a file by its ending.</summary>
    private static string NameOf(DataContent data) => !string.IsNullOrWhiteSpace(data.Name)
        ? data.Name
        : "file." + (data.MediaType.Split('/', ';', '+') is [_, { Length: > 0 } subtype, ..] ? subtype is "plain" ? "txt" : subtype : "bin");

    /// <summary>"detail" ("low", "high", "auto") may be set in the content's additional properties.</summary>
    private static Sdk.MessageImageDetail? Detail(AIContent content) =>
        content.AdditionalProperties?.TryGetValue("detail", out var detail) == true
        && Enum.TryParse<Sdk.MessageImageDetail>(detail as string, ignoreCase: true, out var known)
            ? known
            : null;
}
