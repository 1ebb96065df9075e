using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Runs.Tests.Connections;

/// <summary>The MCP servers that administrators configure.</summary>
public sealed class McpServersTests
{
    [Theory]
    [InlineData("Label", "", "Mcp:Servers:0:Label must be")]
    [InlineData("Label", "my server", "Mcp:Servers:0:Label must be")]
    [InlineData("Label", "a.b", "Mcp:Servers:0:Label must be")]
    [InlineData("Address", "mcp.example", "Mcp:Servers:0:Address must be an absolute http or https URL.")]
    [InlineData("Address", "file:///etc/passwd", "Mcp:Servers:0:Address must be an absolute http or https URL.")]
    [InlineData("Address", "https://me:secret@mcp.example", "Mcp:Servers:0:Address must not contain a user name")]
    [InlineData("AuthorizationTokenVariable", "sk_secret", "Mcp:Servers:0:AuthorizationTokenVariable must be the name")]
    public async Task Servers_Unusable_NameTheirKeyAndNoSecret(string field, string value, string told)
    {
        await using var host = await StartAsync(new() { [$"Mcp:Servers:0:{field}"] = value });

        var fault = Assert.Throws<OptionsValidationException>(() => host.Get<HostedToolCatalog>());

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_SameLabelTwice_AreRefused()
    {
        await using var host = await StartAsync(new() { ["Mcp:Servers:1:Label"] = "Files", ["Mcp:Servers:1:Address"] = "https://two.example" });

        Assert.Contains("two servers with the label", Assert.Throws<OptionsValidationException>(() => host.Get<HostedToolCatalog>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_Configured_IsOfferedAndAlwaysAsks()
    {
        await using var host = await StartAsync(new() { ["Mcp:Servers:0:Description"] = "Our files.", ["Mcp:Servers:0:AuthorizationTokenVariable"] = "FILES_TOKEN", ["FILES_TOKEN"] = "t0k3n" });
        var catalog = host.Get<HostedToolCatalog>();

        var tool = Assert.IsType<HostedMcpServerTool>(catalog.Create("mcp:files"));

        Assert.Equal(new HostedToolChoice("mcp:files", "files", "Our files."), catalog.All[^1]);
        Assert.Equal(("files", "https://mcp.example/", "Bearer t0k3n"), (tool.ServerName, tool.ServerAddress, tool.Headers!["Authorization"]));
        Assert.Same(HostedMcpServerToolApprovalMode.AlwaysRequire, tool.ApprovalMode);
        Assert.Null(catalog.Create("mcp:other"));
        Assert.Null(catalog.Create("mcp:"));
    }

    private static Task<RunsHost> StartAsync(Dictionary<string, string?> more) => RunsHost.StartAsync(new RunsHostSettings
    {
        StartEngine = false,
        Configuration = new Dictionary<string, string?>(
            more.Concat([new("Mcp:Servers:0:Label", "files"), new("Mcp:Servers:0:Address", "https://mcp.example")]).DistinctBy(pair => pair.Key)),
    });
}
