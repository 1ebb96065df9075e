using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Providers;

public sealed class HostedToolSupportTests
{
    [Theory]
    [InlineData(ClientType.Chat, ProviderKind.OpenAI, "web_search")]
    [InlineData(ClientType.Chat, ProviderKind.Compatible, "web_search")]
    [InlineData(ClientType.Responses, ProviderKind.OpenAI, "web_search file_search code_interpreter image_generation mcp")]
    [InlineData(ClientType.Responses, ProviderKind.Compatible, "web_search file_search code_interpreter image_generation mcp mcp-http")]
    [InlineData(ClientType.Responses, ProviderKind.Offline, "web_search file_search code_interpreter image_generation mcp mcp-http mcp-demo")]
    [InlineData(ClientType.Responses, ProviderKind.AzureOpenAI, "web_search file_search code_interpreter mcp")]
    [InlineData(ClientType.Assistants, ProviderKind.OpenAI, "web_search file_search code_interpreter image_generation mcp")]
    [InlineData(ClientType.AssistantsApi, ProviderKind.Compatible, "file_search code_interpreter")]
    [InlineData(ClientType.Chat, ProviderKind.AzureOpenAI, "")]
    [InlineData(ClientType.Chat, ProviderKind.Offline, "")]
    public void FindProblem_EachTool_IsKnownOrRefusedWithAnAlternative(ClientType type, ProviderKind kind, string usable)
    {
        var tools = new Dictionary<string, AITool>
        {
            ["web_search"] = new HostedWebSearchTool(),
            ["file_search"] = new HostedFileSearchTool(),
            ["code_interpreter"] = new HostedCodeInterpreterTool(),
            ["image_generation"] = new HostedImageGenerationTool(),
            ["mcp"] = new HostedMcpServerTool("dice", new Uri("https://mcp.test/")),
            ["mcp-http"] = new HostedMcpServerTool("dice", new Uri("http://mcp.test/")),
            ["mcp-demo"] = new HostedMcpServerTool("dice", new Uri("https://dice.demo.invalid/mcp")),
            ["surprise"] = new Surprise(),
        };

        foreach (var (name, tool) in tools)
        {
            var problem = HostedToolSupport.FindProblem(type, kind, tool);
            Assert.Equal(usable.Split(' ').Contains(name), problem is null);
            Assert.True(problem is null || (problem.Contains("application", StringComparison.Ordinal) && problem.EndsWith('.') && problem.Count(c => c == '.') == 1), problem);
        }

        Assert.Null(HostedToolSupport.FindProblem(type, kind, AIFunctionFactory.Create(() => 1, "one")));
    }

    private sealed class Surprise : AITool
    {
        public override string Name => "surprise";
    }
}
