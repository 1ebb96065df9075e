using System.Text.Json;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Shop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Web.Tests.Shop;

public sealed class ShopAgentTests
{
    private static readonly string[] s_supervised = ["create_order", "cancel_order", "update_inventory"];

    [Fact]
    public async Task Agent_HasTheEightTools_AndThoseThatChangeSomethingWait()
    {
        await using var host = await ShopHost.StartAsync();
        var tools = Tools(host);

        Assert.Equal(
            ["search_products", "check_stock", "validate_customer", "calculate_shipping", "create_order", "get_order_status", "cancel_order", "update_inventory"],
            tools.Select(tool => tool.Name));
        Assert.Equal(s_supervised, tools.Where(tool => ((AgentTool)tool).Risk is not ToolRisk.Read).Select(tool => tool.Name));
        Assert.All(tools, tool => Assert.NotEmpty(tool.Description));
    }

    [Fact]
    public async Task CreateOrder_Schema_SaysWhatIsAllowed()
    {
        await using var host = await ShopHost.StartAsync();
        var schema = Tools(host).Single(tool => tool.Name == "create_order").JsonSchema;
        var properties = schema.GetProperty("properties");

        Assert.Equal(["customer_id", "product_id", "quantity", "priority"], properties.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["customer_id", "product_id", "quantity"], schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal((1, 100), (properties.GetProperty("quantity").GetProperty("minimum").GetInt32(), properties.GetProperty("quantity").GetProperty("maximum").GetInt32()));
        Assert.Equal(["normal", "high", "urgent"], properties.GetProperty("priority").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal("normal", properties.GetProperty("priority").GetProperty("default").GetString());
    }

    [Fact]
    public async Task CreateOrder_CalledAsAModelDoes_PlacesTheOrderOfTheCall()
    {
        await using var host = await ShopHost.StartAsync();
        var tool = Tools(host).Single(tool => tool.Name == "create_order");
        var arguments = new AIFunctionArguments(JsonSerializer.Deserialize<Dictionary<string, object?>>("""{"customer_id":"CUST001","product_id":"p001","quantity":2,"priority":"urgent"}""")!)
        {
            Context = new Dictionary<object, object?> { [typeof(ToolCallContext)] = new ToolCallContext("key", new ToolCaller("ann", "Ann", "User")) },
        };

        var first = Assert.IsType<JsonElement>(await tool.InvokeAsync(arguments));
        var second = Assert.IsType<JsonElement>(await tool.InvokeAsync(arguments));

        Assert.Equal("ORD0001", first.GetProperty("orderId").GetString());
        Assert.Equal("urgent", first.GetProperty("priority").GetString());
        Assert.Equal(2_008.97m, first.GetProperty("total").GetDecimal());
        Assert.True(JsonElement.DeepEquals(first, second));
        Assert.Equal((1, 3), (await host.OrdersAsync(), await host.StockAsync("p001")));
    }

    [Theory]
    [InlineData("search_products", ToolRisk.Read, null)]
    [InlineData("check_stock", ToolRisk.Read, null)]
    [InlineData("validate_customer", ToolRisk.Read, null)]
    [InlineData("calculate_shipping", ToolRisk.Read, null)]
    [InlineData("create_order", ToolRisk.Money, null)]
    [InlineData("get_order_status", ToolRisk.Read, null)]
    [InlineData("cancel_order", ToolRisk.Money, Roles.Approver)]
    [InlineData("update_inventory", ToolRisk.Write, Roles.Admin)]
    public async Task Tool_HasItsRiskAndRole_AndAPreviewWhereItChangesSomething(string name, ToolRisk risk, string? role)
    {
        await using var host = await ShopHost.StartAsync();

        var tool = Tools(host).Single(tool => tool.Name == name).GetService<AgentTool>()!;

        Assert.Equal((risk, role, risk != ToolRisk.Read), (tool.Risk, tool.MinimumRole, tool.HasPreview));
    }

    [Theory]
    [InlineData("create_order", """{"customer_id":"CUST002","product_id":"p002","quantity":3,"priority":"high"}""", "Order 3 x Mouse, 89.97 $, for CUST002", "p002")]
    [InlineData("cancel_order", """{"order_id":"ORD0001"}""", "Cancel ORD0001: 1 x Laptop, 1,005.98 $ back to CUST001", "ORD0001")]
    [InlineData("update_inventory", """{"product_id":"p003","change_by":7}""", "Raise the stock of Keyboard by 7", "p003")]
    public async Task Preview_OfAModelsArguments_IsTheShopsWord(string name, string arguments, string sentence, string target)
    {
        await using var host = await ShopHost.StartAsync();
        await host.Shop.PlaceOrderAsync(new("CUST001", "p001", 1), "key", null);

        var preview = await Tools(host).Single(tool => tool.Name == name).GetService<AgentTool>()!
            .PreviewAsync(JsonElement.Parse(arguments), services: null, caller: null, CancellationToken.None);

        Assert.Equal((sentence, target), (preview!.Sentence, preview.Target));
        Assert.Equal((1, 0, 50), (await host.OrdersAsync(), await host.StockAsync("p003"), await host.StockAsync("p002")));
    }

    private static List<AIFunction> Tools(ShopHost host)
    {
        AgentDefinition agent = ShopAgent.Create(new ShopTools(host.Shop), new ShopPreviews(host.Shop));
        return [.. agent.Tools.Cast<AIFunction>()];
    }
}
