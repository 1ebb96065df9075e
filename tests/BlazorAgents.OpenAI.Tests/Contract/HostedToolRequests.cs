using BlazorAgents.Agents.HostedTools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Contract;

/// <summary>Tools that the provider runs, and what remains of them in a history.</summary>
internal static class HostedToolRequests
{
    public static IReadOnlyList<ClientRequest> All { get; } =
    [
        With("file search", new HostedFileSearchTool { Inputs = [new HostedVectorStoreContent("vs_1")], MaximumResultCount = 7 }),
        With("code interpreter", new HostedCodeInterpreterTool()),
        With("code interpreter with files", new HostedCodeInterpreterTool { Inputs = [new HostedFileContent("file-1")] }),
        With("web search", new HostedWebSearchTool()),
        With("web search near a place", new WebSearchLocation("FR", "Île-de-France", "Paris", "Europe/Paris").CreateTool()),
        With("image generation", new HostedImageGenerationTool()),
        With("image generation with options", new HostedImageGenerationTool { Options = new() { ModelId = "gpt-image-1", ImageSize = new(1024, 1536), MediaType = "image/webp", StreamingCount = 2 } }),
        With("MCP", new HostedMcpServerTool("plain", new Uri("https://mcp.test/a"))),
        With("MCP, always asking", new HostedMcpServerTool("always", new Uri("https://mcp.test/b")) { ApprovalMode = HostedMcpServerToolApprovalMode.AlwaysRequire, ServerDescription = "B" }),
        With("MCP, never asking", new HostedMcpServerTool("never", new Uri("https://mcp.test/c")) { ApprovalMode = HostedMcpServerToolApprovalMode.NeverRequire, AllowedTools = ["roll"], Headers = new Dictionary<string, string> { ["authorization"] = "Bearer secret", ["X-Team"] = "7" } }),
        With("MCP, asking for some", new HostedMcpServerTool("some", new Uri("https://mcp.test/d")) { ApprovalMode = HostedMcpServerToolApprovalMode.RequireSpecific(["buy"], ["look"]) }),
        With("MCP connector", new HostedMcpServerTool("mail", "connector_gmail") { Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer oauth" } }),
    ];

    private static ClientRequest With(string name, AITool tool) => new(name, [new(ChatRole.User, "Hi")], new ChatOptions { Tools = [tool] });
}
