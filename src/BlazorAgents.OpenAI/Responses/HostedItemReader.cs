using System.Text;
using BlazorAgents.Agents.HostedTools;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Reads the items of tools that ran on the provider's side: as news for watchers, and as contents of the message.</summary>
internal static class HostedItemReader
{
    /// <summary>The call as the item shows it, or null when the item is no hosted tool's.</summary>
    /// <param name="item">The item.</param>
    /// <param name="isDone">False while the provider works on it: its fields are not final.</param>
    public static HostedToolCall? ReadCall(Sdk.ResponseItem item, bool isDone) => item switch
    {
        Sdk.FileSearchCallResponseItem search => new HostedToolCall(search.Id, HostedToolKind.FileSearch)
        {
            Input = string.Join('\n', search.Queries ?? []),
            Status = Status(isDone, search.Status is Sdk.FileSearchCallStatus.Failed or Sdk.FileSearchCallStatus.Incomplete),
            Outputs = Passages(search),
        },
        Sdk.CodeInterpreterCallResponseItem code => new HostedToolCall(code.Id, HostedToolKind.CodeInterpreter)
        {
            Input = code.Code ?? string.Empty,
            Status = Status(isDone, code.Status is Sdk.CodeInterpreterCallStatus.Failed or Sdk.CodeInterpreterCallStatus.Incomplete),
            Outputs = [.. (code.Outputs ?? []).Select(ReadOutput).OfType<HostedToolOutput>()],
        },
        Sdk.WebSearchCallResponseItem web => new HostedToolCall(web.Id, HostedToolKind.WebSearch)
        {
            Input = WebInput(web.Action),
            Status = Status(isDone, web.Status is Sdk.WebSearchCallStatus.Failed),
            Outputs = [.. Sources(web.Action).Select(u => new HostedToolOutput.Link(u.OriginalString, null))],
        },
        Sdk.ImageGenerationCallResponseItem image => new HostedToolCall(image.Id, HostedToolKind.ImageGeneration)
        {
            Input = image.RevisedPrompt ?? string.Empty,
            Status = Status(isDone, image.Status is Sdk.ImageGenerationCallStatus.Failed),
            Outputs = image.ImageResultBytes is { } bytes ? [new HostedToolOutput.Image(bytes.ToMemory(), MediaType(image))] : [],
        },
        Sdk.McpToolCallItem mcp => new HostedToolCall(mcp.Id, HostedToolKind.Mcp)
        {
            Name = mcp.ToolName,
            ServerName = mcp.ServerLabel,
            ApprovalRequestId = ApprovalRequest(mcp),
            Input = mcp.ToolArguments?.ToString() ?? string.Empty,
            Status = Status(isDone, mcp.Error is not null),
            Outputs = mcp.ToolOutput is { } output ? [new HostedToolOutput.Text(output)] : [],
            Error = ErrorText(mcp.Error),
        },
        Sdk.McpToolDefinitionListItem list => new HostedToolCall(list.Id, HostedToolKind.McpTools)
        {
            ServerName = list.ServerLabel,
            Status = Status(isDone, list.Error is not null),
            Outputs = [.. (list.ToolDefinitions ?? []).Select(t => new HostedToolOutput.Text(t.Name))],
            Tools = [.. (list.ToolDefinitions ?? []).Select(t => new HostedToolSchema(t.Name, t.Description, JsonArguments.ReadSchema(t.InputSchema)))],
            Error = ErrorText(list.Error),
        },
        _ => null,
    };

    /// <summary>Adds the abstractions' contents of a call that has ended; the item itself stays with the first of them, for the way back.</summary>
    public static void AddContents(Sdk.ResponseItem item, HostedToolCall call, IList<AIContent> contents)
    {
        switch (item)
        {
            case Sdk.FileSearchCallResponseItem search:
                contents.Add(new FileSearchToolCallContent(item.Id) { Queries = [.. search.Queries ?? []], RawRepresentation = item });
                contents.Add(new FileSearchToolResultContent(item.Id) { Passages = [.. call.Outputs.OfType<HostedToolOutput.Passage>()] });
                break;
            case Sdk.CodeInterpreterCallResponseItem:
                contents.Add(new CodeInterpreterToolCallContent(item.Id)
                {
                    Inputs = [new DataContent(Encoding.UTF8.GetBytes(call.Input), "text/x-python")],
                    RawRepresentation = item,
                });
                contents.Add(new CodeInterpreterToolResultContent(item.Id) { Outputs = [.. call.Outputs.Select(ToContent).OfType<AIContent>()] });
                break;
            case Sdk.WebSearchCallResponseItem web:
                contents.Add(new WebSearchToolCallContent(item.Id) { Queries = [.. Queries(web.Action)], RawRepresentation = item });
                contents.Add(new WebSearchToolResultContent(item.Id) { Outputs = [.. call.Outputs.Select(ToContent).OfType<AIContent>()] });
                break;
            case Sdk.ImageGenerationCallResponseItem:
                contents.Add(new ImageGenerationToolCallContent(item.Id) { RawRepresentation = item });
                contents.Add(new ImageGenerationToolResultContent(item.Id) { Outputs = [.. call.Outputs.Select(ToContent).OfType<AIContent>()] });
                break;
            case Sdk.McpToolCallItem mcp:
                contents.Add(new McpServerToolCallContent(item.Id, mcp.ToolName, mcp.ServerLabel)
                {
                    Arguments = JsonArguments.Read(mcp.ToolArguments),
                    RawRepresentation = item,
                    AdditionalProperties = call.ApprovalRequestId is { } request ? new AdditionalPropertiesDictionary { [HostedToolCall.ApprovalRequestKey] = request } : null,
                });
                contents.Add(new McpServerToolResultContent(item.Id)
                {
                    Outputs = call.Error is { } error ? [new ErrorContent(error)] : [.. call.Outputs.Select(ToContent).OfType<AIContent>()],
                });
                break;
            default:
                contents.Add(new AIContent { RawRepresentation = item }); // the list of an MCP server's tools saves asking for it again
                break;
        }
    }

    private static HostedToolStatus Status(bool isDone, bool hasFailed) =>
        hasFailed ? HostedToolStatus.Failed : isDone ? HostedToolStatus.Completed : HostedToolStatus.Running;

    private static HostedToolOutput[] Passages(Sdk.FileSearchCallResponseItem search) =>
        [.. (search.Results ?? []).Select(r => new HostedToolOutput.Passage(r.FileId ?? string.Empty, r.Filename, r.Score, r.Text ?? string.Empty))];

    private static HostedToolOutput? ReadOutput(Sdk.CodeInterpreterCallOutput output) => output switch
    {
        Sdk.CodeInterpreterCallLogsOutput logs => new HostedToolOutput.Text(logs.Logs ?? string.Empty),
        Sdk.CodeInterpreterCallImageOutput { ImageUri: { } uri } => ReadImage(uri.OriginalString),
        _ => null,
    };

    private static HostedToolOutput ReadImage(string url)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                var data = new DataContent(url);
                return new HostedToolOutput.Image(data.Data, data.MediaType);
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException)
            {
                // a link like any other, then
            }
        }

        return new HostedToolOutput.ImageLink(url);
    }

    private static string WebInput(Sdk.WebSearchAction? action) => action switch
    {
        Sdk.WebSearchOpenPageAction open => open.Uri?.OriginalString ?? string.Empty,
        Sdk.WebSearchFindInPageAction find => find.Uri?.OriginalString ?? string.Empty,
        _ => string.Join('\n', Queries(action)),
    };

    private static IEnumerable<string> Queries(Sdk.WebSearchAction? action)
    {
        if (action is not Sdk.WebSearchSearchAction search)
        {
            return action is Sdk.WebSearchFindInPageAction { Pattern: { } pattern } ? [pattern] : [];
        }

#pragma warning disable CS0618 // servers that know the older field only
        return search.Queries is { Count: > 0 } queries ? queries : search.Query is { Length: > 0 } query ? [query] : [];
#pragma warning restore CS0618
    }

    private static IEnumerable<Uri> Sources(Sdk.WebSearchAction? action) => action switch
    {
        Sdk.WebSearchSearchAction { Sources: { } sources } => sources.OfType<Sdk.WebSearchActionUriSource>().Select(s => s.Uri).OfType<Uri>(),
        Sdk.WebSearchOpenPageAction { Uri: { } uri } => [uri],
        Sdk.WebSearchFindInPageAction { Uri: { } uri } => [uri],
        _ => [],
    };

    private static string MediaType(Sdk.ImageGenerationCallResponseItem image) =>
        image.OutputFileFormat is { } format ? $"image/{format}" : "image/png";

    // The library has no property for it.
    private static string? ApprovalRequest(Sdk.McpToolCallItem call) =>
        call.Patch.TryGetValue("$.approval_request_id"u8, out string? id) && !string.IsNullOrEmpty(id) ? id : null;

    private static string? ErrorText(BinaryData? error) => error is null ? null : ErrorTexts.Read(error);

    private static AIContent? ToContent(HostedToolOutput output) => output switch
    {
        HostedToolOutput.Text text => new TextContent(text.Value),
        HostedToolOutput.Image image => new DataContent(image.Data, image.MediaType),
        HostedToolOutput.ImageLink link when Uri.TryCreate(link.Url, UriKind.Absolute, out var uri) => new UriContent(uri, "image/*"),
        HostedToolOutput.Link link when Uri.TryCreate(link.Url, UriKind.Absolute, out var uri) => new UriContent(uri, "text/html"),
        HostedToolOutput.File file => new HostedFileContent(file.FileId) { Name = file.Name },
        _ => null,
    };
}
