using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Writes the vocabulary's tools as the wire's.</summary>
internal static class ToolWriter
{
    /// <exception cref="AgentException">The tool cannot be used here; the text says why and what can.</exception>
    public static Sdk.ResponseTool Write(AITool tool, ProviderProfile profile)
    {
        if (HostedToolSupport.FindProblem(ClientType.Responses, profile.Kind, tool) is { } problem)
        {
            throw new AgentException(AgentErrorKind.BadResponse, problem);
        }

        return tool switch
        {
            AIFunctionDeclaration function => Sdk.ResponseTool.CreateFunctionTool(
                function.Name,
                BinaryData.FromString(function.JsonSchema.GetRawText()),
                function.AdditionalProperties.TryGetValue("strict", out var strict) && strict is true, // left off, the server would take true
                string.IsNullOrEmpty(function.Description) ? null : function.Description),
            HostedFileSearchTool search => WriteFileSearch(search),
            HostedCodeInterpreterTool code => Sdk.ResponseTool.CreateCodeInterpreterTool(new(
                Sdk.CodeInterpreterToolContainerConfiguration.CreateAutomaticContainerConfiguration(code.Inputs is { Count: > 0 } ? FileIds(code.Inputs) : null))),
            HostedWebSearchTool web => Sdk.ResponseTool.CreateWebSearchTool(WriteLocation(WebSearchLocation.Find(web))),
            HostedMcpServerTool mcp => WriteMcp(mcp),
            HostedImageGenerationTool image => WriteImageGeneration(image.Options),
            _ => throw new NotSupportedException(tool.GetType().Name), // refused above
        };
    }

    private static Sdk.FileSearchTool WriteFileSearch(HostedFileSearchTool tool)
    {
        string[] stores = [.. (tool.Inputs ?? []).OfType<HostedVectorStoreContent>().Select(s => s.VectorStoreId)];
        return stores.Length == 0
            ? throw new AgentException(AgentErrorKind.BadResponse, "The file search tool names no vector store. Choose one for the agent, or remove the tool.")
            : Sdk.ResponseTool.CreateFileSearchTool(stores, tool.MaximumResultCount);
    }

    private static IEnumerable<string> FileIds(IEnumerable<AIContent> inputs) => inputs.Select(input => input is HostedFileContent file
        ? file.FileId
        : throw new AgentException(AgentErrorKind.BadResponse, "The code interpreter takes files by their ids only. Upload the file first."));

    private static Sdk.WebSearchToolApproximateLocation? WriteLocation(WebSearchLocation? location) => location is null
        ? null
        : Sdk.WebSearchToolLocation.CreateApproximateLocation(location.Country, location.Region, location.City, location.TimeZone);

    private static Sdk.McpTool WriteMcp(HostedMcpServerTool tool)
    {
        var headers = tool.Headers is { Count: > 0 } given ? new Dictionary<string, string>(given, StringComparer.OrdinalIgnoreCase) : null;
        var wire = Uri.TryCreate(tool.ServerAddress, UriKind.Absolute, out var address)
            ? new Sdk.McpTool(tool.ServerName, address)
            : new Sdk.McpTool(tool.ServerName, new Sdk.McpToolConnectorId(tool.ServerAddress));

        // The wire has its own field for the token: what stands there is never kept with the response.
        if (headers is not null && headers.TryGetValue("Authorization", out var authorization)
            && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            wire.AuthorizationToken = authorization["Bearer ".Length..].Trim();
            headers.Remove("Authorization");
        }

        if (headers is { Count: > 0 })
        {
            wire.Headers = headers; // a null would fail when it is written
        }

        wire.ServerDescription = string.IsNullOrEmpty(tool.ServerDescription) ? null : tool.ServerDescription;
        wire.AllowedTools = tool.AllowedTools is { } allowed ? Filter(allowed) : null;
        wire.ToolCallApprovalPolicy = WritePolicy(tool.ApprovalMode);
        return wire;
    }

    private static Sdk.McpToolCallApprovalPolicy? WritePolicy(HostedMcpServerToolApprovalMode? mode) => mode switch
    {
        HostedMcpServerToolAlwaysRequireApprovalMode => new(Sdk.DefaultMcpToolCallApprovalPolicy.AlwaysRequireApproval),
        HostedMcpServerToolNeverRequireApprovalMode => new(Sdk.DefaultMcpToolCallApprovalPolicy.NeverRequireApproval),
        HostedMcpServerToolRequireSpecificApprovalMode specific => new(new Sdk.CustomMcpToolCallApprovalPolicy
        {
            ToolsAlwaysRequiringApproval = specific.AlwaysRequireApprovalToolNames is { Count: > 0 } always ? Filter(always) : null,
            ToolsNeverRequiringApproval = specific.NeverRequireApprovalToolNames is { Count: > 0 } never ? Filter(never) : null,
        }),
        _ => null, // the server asks for each call
    };

    private static Sdk.McpToolFilter Filter(IEnumerable<string> names)
    {
        var filter = new Sdk.McpToolFilter();
        foreach (var name in names)
        {
            filter.ToolNames.Add(name);
        }

        return filter;
    }

    private static Sdk.ImageGenerationTool WriteImageGeneration(ImageGenerationOptions? options)
    {
        var wire = new Sdk.ImageGenerationTool();
        if (options is null)
        {
            return wire;
        }

        wire.Model = options.ModelId;
        wire.PartialImageCount = options.StreamingCount;
        if (options.ImageSize is { } size)
        {
            wire.Size = new Sdk.ImageGenerationToolSize(size.Width, size.Height);
        }

        if (options.MediaType is { } type)
        {
            wire.OutputFileFormat = new Sdk.ImageGenerationToolOutputFileFormat(type.Replace("image/", string.Empty, StringComparison.OrdinalIgnoreCase));
        }

        return wire;
    }
}
