using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Providers;

/// <summary>Which tools of the provider's side an agent may have, by client type and provider.</summary>
public static class HostedToolSupport
{
    /// <summary>
    /// Null when <paramref name="tool"/> can be used; otherwise one sentence for people with the reason and the alternative.
    /// Functions can always be used. A compatible server is not asked: what it lacks shows in its capability probe.
    /// </summary>
    public static string? FindProblem(ClientType type, ProviderKind kind, AITool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return tool is AIFunctionDeclaration ? null : type switch
        {
            ClientType.Chat => FindChatProblem(kind, tool),
            ClientType.AssistantsApi => FindAssistantsApiProblem(tool),
            _ => FindResponsesProblem(kind, tool),
        };
    }

    private static string? FindChatProblem(ProviderKind kind, AITool tool) => tool switch
    {
        HostedWebSearchTool when kind is ProviderKind.OpenAI or ProviderKind.Compatible => null, // models made for search
        HostedWebSearchTool => $"Web search is no part of Chat Completions on {Name(kind)}: use the Responses client, or a search tool of this application.",
        HostedFileSearchTool => "The Chat client has no file search of the provider's: use the Responses client, or a knowledge base of this application.",
        HostedCodeInterpreterTool => "The Chat client has no code interpreter of the provider's: use the Responses client, or the code tool of this application.",
        HostedMcpServerTool mcp => $"The Chat client cannot let the provider call the MCP server \"{mcp.ServerName}\": use the Responses client, or connect the server to this application.",
        HostedImageGenerationTool => "The Chat client has no pictures made by the provider: use the Responses client, or an image tool of this application.",
        _ => Unknown("Chat", tool, "use the Responses client, or a tool of this application"),
    };

    private static string? FindAssistantsApiProblem(AITool tool) => tool switch
    {
        HostedFileSearchTool or HostedCodeInterpreterTool => null,
        HostedWebSearchTool => "The Assistants API has no web search: use the Responses client, or a search tool of this application.",
        HostedMcpServerTool mcp => $"The Assistants API cannot call the MCP server \"{mcp.ServerName}\": use the Responses client, or connect the server to this application.",
        HostedImageGenerationTool => "The Assistants API makes no pictures: use the Responses client, or an image tool of this application.",
        _ => Unknown("Assistants API", tool, "use the Responses client, or a tool of this application"),
    };

    private static string? FindResponsesProblem(ProviderKind kind, AITool tool) => tool switch
    {
        HostedFileSearchTool or HostedCodeInterpreterTool or HostedWebSearchTool => null,
        HostedImageGenerationTool when kind == ProviderKind.AzureOpenAI =>
            "Azure OpenAI makes images only through a deployment of their own and not in a stream: use OpenAI, or an image tool of this application.",
        HostedImageGenerationTool => null,
        // Such addresses exist nowhere (RFC 2606); the demo model's server has one.
        HostedMcpServerTool mcp when kind != ProviderKind.Offline && HostOf(mcp)?.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase) == true =>
            $"The MCP server \"{mcp.ServerName}\" is the offline demo's: choose the offline demo as provider, or connect another server to this application.",
        HostedMcpServerTool mcp when kind is ProviderKind.OpenAI or ProviderKind.AzureOpenAI
            && Uri.TryCreate(mcp.ServerAddress, UriKind.Absolute, out var address) && address.Scheme != Uri.UriSchemeHttps =>
            $"{Name(kind)} calls MCP servers over https only: give \"{mcp.ServerName}\" an https address, or connect it to this application.",
        HostedMcpServerTool => null,
        _ => Unknown("Responses", tool, "use a tool of this application"),
    };

    private static string? HostOf(HostedMcpServerTool tool) => Uri.TryCreate(tool.ServerAddress, UriKind.Absolute, out var address) ? address.Host : null;

    private static string Unknown(string client, AITool tool, string alternative) =>
        $"The {(client.EndsWith("API", StringComparison.Ordinal) ? client : client + " client")} cannot run the provider's tool \"{tool.Name}\": {alternative}.";

    private static string Name(ProviderKind kind) => kind switch
    {
        ProviderKind.AzureOpenAI => "Azure OpenAI",
        ProviderKind.Offline => "the offline demo",
        ProviderKind.OpenAI => "OpenAI",
        _ => "this server",
    };
}
