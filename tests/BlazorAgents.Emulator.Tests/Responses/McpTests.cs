using OpenAI.Responses;

namespace BlazorAgents.Emulator.Tests.Responses;

public sealed class McpTests
{
    private const string Question = "Roll dice with 6 sides";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tool_WithoutApproval_IsListedAndCalled(bool asEvents)
    {
        await using var server = new McpServerFake(asEvents);
        await using var sdk = await SdkClient.StartAsync();

        var updates = await sdk.StreamAsync(SdkClient.Ask(Question, Tool(server, DefaultMcpToolCallApprovalPolicy.NeverRequireApproval)));

        var response = ((StreamingResponseCompletedUpdate)updates[^1]).Response;
        Assert.Equal(["roll_dice", "delete_note"], Assert.IsType<McpToolDefinitionListItem>(response.OutputItems[0]).ToolDefinitions.Select(tool => tool.Name));
        var call = Assert.IsType<McpToolCallItem>(response.OutputItems[1]);
        Assert.Equal(("dice", "roll_dice", "You rolled 6"), (call.ServerLabel, call.ToolName, call.ToolOutput));
        Assert.Contains("You rolled 6", response.GetOutputText(), StringComparison.Ordinal);
        Assert.Equal(["initialize", "notifications/initialized", "tools/list", "tools/list", "tools/call roll_dice"], server.Asked);
        Assert.All(server.Authorizations, value => Assert.Equal("Bearer secret-token", value));
        Assert.Equal(
            ["response.mcp_list_tools.in_progress", "response.mcp_list_tools.completed", "response.mcp_call.in_progress", "response.mcp_call_arguments.delta", "response.mcp_call_arguments.done", "response.mcp_call.completed"],
            updates.Select(update => update.Kind.ToString()).Where(kind => kind.StartsWith("response.mcp", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tool_WithApproval_WaitsForTheAnswer(bool approve)
    {
        await using var server = new McpServerFake();
        await using var sdk = await SdkClient.StartAsync();
        var tool = Tool(server, DefaultMcpToolCallApprovalPolicy.AlwaysRequireApproval);

        var first = await sdk.CreateAsync(SdkClient.Ask(Question, tool));
        var request = Assert.IsType<McpToolCallApprovalRequestItem>(first.OutputItems[^1]);
        var next = new CreateResponseOptions(SdkClient.Model, [ResponseItem.CreateMcpApprovalResponseItem(request.Id, approve)]) { PreviousResponseId = first.Id };
        next.Tools.Add(tool);
        var second = await sdk.CreateAsync(next);

        Assert.Equal("roll_dice", request.ToolName);
        Assert.Equal(approve ? 1 : 0, second.OutputItems.OfType<McpToolCallItem>().Count());
        Assert.Equal(approve ? 1 : 0, server.Asked.Count(asked => asked == "tools/call roll_dice"));
        Assert.Contains(approve ? "You rolled 6" : "rejected", second.GetOutputText(), StringComparison.Ordinal);
        Assert.Equal(2, server.Asked.Count(asked => asked == "tools/list"));
    }

    [Fact]
    public async Task Approval_SentAgainWithItsCall_MakesNoSecondCall()
    {
        await using var server = new McpServerFake();
        await using var sdk = await SdkClient.StartAsync();
        var tool = Tool(server, DefaultMcpToolCallApprovalPolicy.AlwaysRequireApproval);
        var first = await sdk.CreateAsync(SdkClient.Ask(Question, tool));
        List<ResponseItem> items =
        [
            ResponseItem.CreateUserMessageItem(Question), .. first.OutputItems,
            ResponseItem.CreateMcpApprovalResponseItem(first.OutputItems.OfType<McpToolCallApprovalRequestItem>().Single().Id, approved: true),
        ];
        items.AddRange((await sdk.CreateAsync(Next())).OutputItems.Where(item => item is McpToolCallItem));
        items.Add(ResponseItem.CreateUserMessageItem("Hello"));

        await sdk.CreateAsync(Next());

        Assert.Single(server.Asked, asked => asked == "tools/call roll_dice");

        CreateResponseOptions Next()
        {
            var next = new CreateResponseOptions(SdkClient.Model, items);
            next.Tools.Add(tool);
            return next;
        }
    }

    [Theory]
    [InlineData("Roll dice with 6 sides", "You rolled")]
    [InlineData("Roll dice with 5000 sides", "sides must be 2 to 1000")]
    public async Task DemoServer_IsThereWithoutANetwork(string question, string told)
    {
        await using var sdk = await SdkClient.StartAsync();
        var dice = ResponseTool.CreateMcpTool("dice", BlazorAgents.Emulator.Responses.Mcp.DemoMcpServer.Address);
        dice.ToolCallApprovalPolicy = DefaultMcpToolCallApprovalPolicy.NeverRequireApproval;

        var response = await sdk.CreateAsync(SdkClient.Ask(question, dice));

        Assert.Contains(told, response.GetOutputText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_ForSomeTools_IsAskedForThoseOnly()
    {
        await using var server = new McpServerFake();
        await using var sdk = await SdkClient.StartAsync();
        var policy = new CustomMcpToolCallApprovalPolicy { ToolsNeverRequiringApproval = new McpToolFilter { ToolNames = { "roll_dice" } } };

        var rolled = await sdk.CreateAsync(SdkClient.Ask(Question, Tool(server, policy)));
        var deleting = await sdk.CreateAsync(SdkClient.Ask("Delete the note titled Groceries", Tool(server, policy)));

        Assert.Single(rolled.OutputItems.OfType<McpToolCallItem>());
        Assert.Equal("delete_note", Assert.IsType<McpToolCallApprovalRequestItem>(deleting.OutputItems[^1]).ToolName);
    }

    [Fact]
    public async Task Tool_ThatFails_IsAFailedCall()
    {
        await using var server = new McpServerFake();
        await using var sdk = await SdkClient.StartAsync();

        var updates = await sdk.StreamAsync(SdkClient.Ask("Delete the note titled Groceries", Tool(server, DefaultMcpToolCallApprovalPolicy.NeverRequireApproval)));

        var response = ((StreamingResponseCompletedUpdate)updates[^1]).Response;
        Assert.Contains("No such note", response.OutputItems.OfType<McpToolCallItem>().Single().Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("response.mcp_call.failed", updates.Select(update => update.Kind.ToString()));
        Assert.Contains("No such note", response.GetOutputText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllowedTools_Only_AreListed()
    {
        await using var server = new McpServerFake();
        await using var sdk = await SdkClient.StartAsync();
        var tool = Tool(server, DefaultMcpToolCallApprovalPolicy.NeverRequireApproval);
        tool.AllowedTools = new McpToolFilter { ToolNames = { "delete_note" } };

        var response = await sdk.CreateAsync(SdkClient.Ask("Hello", tool));

        Assert.Equal("delete_note", Assert.Single(Assert.IsType<McpToolDefinitionListItem>(response.OutputItems[0]).ToolDefinitions).Name);
    }

    [Fact]
    public async Task Server_NotThere_IsSaidInTheList()
    {
        Uri gone;
        await using (var server = new McpServerFake())
        {
            gone = server.Url;
        }

        await using var sdk = await SdkClient.StartAsync();

        var updates = await sdk.StreamAsync(SdkClient.Ask("Hello", ResponseTool.CreateMcpTool("dice", gone)));

        var response = ((StreamingResponseCompletedUpdate)updates[^1]).Response;
        Assert.Contains("cannot be reached", Assert.IsType<McpToolDefinitionListItem>(response.OutputItems[0]).Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("response.mcp_list_tools.failed", updates.Select(update => update.Kind.ToString()));
    }

    [Fact]
    public async Task Server_ElsewhereWithoutAHandler_IsNotContacted()
    {
        await using var sdk = await SdkClient.StartAsync();

        var response = await sdk.CreateAsync(SdkClient.Ask("Hello", ResponseTool.CreateMcpTool("far", new Uri("http://169.254.169.254/mcp"))));

        Assert.Contains("cannot be reached", Assert.IsType<McpToolDefinitionListItem>(response.OutputItems[0]).Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_OfTheTool_AreNotEchoed()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var server = new McpServerFake();

        var (_, json) = await client.PostTextAsync("responses",
            $$$"""{"model":"demo","input":"Hello","tools":[{"type":"mcp","server_label":"a","server_url":"{{{server.Url}}}","authorization":"secret-one","headers":{"X-Key":"secret-two"}}]}""");

        Assert.DoesNotContain("secret", json.ToString(), StringComparison.Ordinal);
        Assert.Contains("X-Key", json.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApprovalResponse_ToNoRequest_IsRefused()
    {
        await using var sdk = await SdkClient.StartAsync();

        var error = await SdkClient.FailAsync(() => sdk.CreateAsync(new CreateResponseOptions(SdkClient.Model, [ResponseItem.CreateMcpApprovalResponseItem("mcpr_x", true)])));

        Assert.Equal(400, error.Status);
        Assert.Contains("mcpr_x", error.Message, StringComparison.Ordinal);
    }

    private static McpTool Tool(McpServerFake server, McpToolCallApprovalPolicy policy) =>
        ResponseTool.CreateMcpTool("dice", server.Url, "secret-token", null, null, null, policy);
}
