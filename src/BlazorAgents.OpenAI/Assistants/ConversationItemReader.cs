using System.ClientModel.Primitives;
using System.Text.Json;
using BlazorAgents.OpenAI.Responses;
using Microsoft.Extensions.AI;
using OpenAI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>Reads the items of a conversation as messages.</summary>
internal sealed class ConversationItemReader
{
    private readonly ItemReader _items = new();

    /// <summary>The message that an item stands for, or null when people and models need nothing of it.</summary>
    public ChatMessage? Read(JsonElement json)
    {
        var item = ModelReaderWriter.Read<Sdk.ResponseItem>(
            BinaryData.FromString(json.GetRawText()), ModelReaderWriterOptions.Json, OpenAIContext.Default);
        var message = item switch
        {
            null => null,
            Sdk.MessageResponseItem said => Read(said),
            Sdk.FunctionCallOutputResponseItem output => new ChatMessage(
                ChatRole.Tool, [new FunctionResultContent(output.CallId, output.FunctionOutput)]),
            _ => ReadOther(item),
        };
        if (message is not null)
        {
            message.MessageId = item!.Id;
        }

        return message?.Contents.Count > 0 ? message : null;
    }

    private ChatMessage Read(Sdk.MessageResponseItem said)
    {
        var message = new ChatMessage(Role(said.Role), []);
        if (message.Role == ChatRole.Assistant)
        {
            _items.AddMessage(said, message.Contents, 0);
            return message;
        }

        foreach (var part in said.Content)
        {
            if (ReadInput(part) is { } content)
            {
                message.Contents.Add(content);
            }
        }

        return message;
    }

    private ChatMessage ReadOther(Sdk.ResponseItem item)
    {
        var message = new ChatMessage(ChatRole.Assistant, []);
        _items.AddContents(item, message.Contents);
        return message;
    }

    private static ChatRole Role(Sdk.MessageRole? role) => role switch
    {
        Sdk.MessageRole.User => ChatRole.User,
        Sdk.MessageRole.Assistant => ChatRole.Assistant,
        _ => ChatRole.System,
    };

    private static AIContent? ReadInput(Sdk.ResponseContentPart part) => part switch
    {
        { Text.Length: > 0 } => new TextContent(part.Text),
        { InputImageFileId.Length: > 0 } => new HostedFileContent(part.InputImageFileId) { MediaType = "image/*" },
        { InputFileId.Length: > 0 } => new HostedFileContent(part.InputFileId) { Name = part.InputFilename },
        { InputImageUri: { } uri } => ReadImage($"{uri}"),
        _ => null,
    };

    private static AIContent? ReadImage(string uri)
    {
        if (!uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(uri, UriKind.Absolute, out var address) ? new UriContent(address, "image/*") : null;
        }

        try
        {
            return new DataContent(uri);
        }
        catch (Exception exception) when (exception is UriFormatException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
