using BlazorAgents.Agents.Tools;
using BlazorAgents.Web.Features.Shop;

namespace BlazorAgents.Web.Tests.Shop;

public sealed class ShopToolsTests
{
    private static readonly ToolCallContext s_call = new("key", new ToolCaller("ann", "Ann", "User"));

    [Fact]
    public async Task SearchProducts_GivesRowsWithMoney()
    {
        await using var host = await ShopHost.StartAsync();

        var found = Assert.IsType<ProductList>(await new ShopTools(host.Shop).SearchProductsAsync("laptop", max_results: 2));

        Assert.Equal(2, found.Products.Count);
        Assert.Equal(
            ("p001", "Laptop", "Computers", 999.99m, "999.99 $", true),
            (found.Products[0].Id, found.Products[0].Name, found.Products[0].Category, found.Products[0].Price, found.Products[0].PriceText, found.Products[0].InStock));
    }

    [Theory]
    [InlineData("x", null, 0, "max_results")]
    [InlineData("x", null, 21, "max_results")]
    [InlineData("x", "Cheese", 5, "category")]
    [InlineData(null, "Cheese", 5, "category")]
    public async Task SearchProducts_BadInput_NamesTheField(string? query, string? category, int most, string field)
    {
        await using var host = await ShopHost.StartAsync();

        Assert.Equal(field, Assert.IsType<ShopError>(await new ShopTools(host.Shop).SearchProductsAsync(query!, category, most)).Field);
    }

    [Fact]
    public async Task SearchProducts_VeryLongQuery_IsRefused()
    {
        await using var host = await ShopHost.StartAsync();

        Assert.Equal("query", Assert.IsType<ShopError>(await new ShopTools(host.Shop).SearchProductsAsync(new string('x', 201))).Field);
    }

    [Fact]
    public async Task SearchProducts_TheCategoriesItNames_AreThoseOfTheShop()
    {
        await using var host = await ShopHost.StartAsync();
        var tools = new ShopTools(host.Shop);

        foreach (var category in ShopCatalogue.Products().Select(product => product.Category).Distinct())
        {
            Assert.NotEmpty(Assert.IsType<ProductList>(await tools.SearchProductsAsync("", category)).Products);
            Assert.Contains($"'{category}'", ShopText.Of(tools.SearchProductsAsync, "category"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("p001", 5, "limited stock")]
    [InlineData("P002", 50, "in stock")]
    [InlineData("p003", 0, "out of stock")]
    public async Task CheckStock_SaysHowMuchThereIs(string id, int stock, string availability)
    {
        await using var host = await ShopHost.StartAsync();

        var report = Assert.IsType<StockReport>(await new ShopTools(host.Shop).CheckStockAsync(id));

        Assert.Equal((stock, availability), (report.Stock, report.Availability));
    }

    [Fact]
    public async Task CheckStock_UnknownProduct_SaysWhatToDo()
    {
        await using var host = await ShopHost.StartAsync();

        Assert.Equal(
            new ShopError("Product p999 not found. Use search_products to find its id.", "product_id"),
            await new ShopTools(host.Shop).CheckStockAsync("p999"));
    }

    [Theory]
    [InlineData("cust002", true, "Bob Martin", true)]
    [InlineData("CUST008", false, "Hugo Silva", false)]
    [InlineData("CUST999", false, null, null)]
    public async Task ValidateCustomer_TellsWhoMayOrder(string id, bool valid, string? name, bool? premium)
    {
        await using var host = await ShopHost.StartAsync();

        var check = Assert.IsType<CustomerCheck>(await new ShopTools(host.Shop).ValidateCustomerAsync(id));

        Assert.Equal((valid, name, premium), (check.Valid, check.Name, check.Premium));
        Assert.Equal(valid, check.Reason is null);
    }

    [Theory]
    [InlineData("CUST001", 5.99, "5.99 $")]
    [InlineData("CUST002", 0, "Free shipping (premium member)")]
    public async Task CalculateShipping_SaysTheCost(string customer, decimal cost, string text)
    {
        await using var host = await ShopHost.StartAsync();

        Assert.Equal(new ShippingCost(customer, "p001", 1, cost, text), await new ShopTools(host.Shop).CalculateShippingAsync(customer, "p001"));
    }

    [Theory]
    [InlineData("CUST999", "p001", 1, "customer_id")]
    [InlineData("CUST001", "p999", 1, "product_id")]
    [InlineData("CUST001", "p001", 0, "quantity")]
    public async Task CalculateShipping_BadInput_NamesTheField(string customer, string product, int quantity, string field)
    {
        await using var host = await ShopHost.StartAsync();

        Assert.Equal(field, Assert.IsType<ShopError>(await new ShopTools(host.Shop).CalculateShippingAsync(customer, product, quantity)).Field);
    }

    [Fact]
    public async Task CreateOrder_SameCallTwice_GivesTheSameOrder()
    {
        await using var host = await ShopHost.StartAsync();
        var tools = new ShopTools(host.Shop);

        var first = Assert.IsType<OrderReport>(await tools.CreateOrderAsync("CUST001", "p001", 2, s_call, OrderPriority.High));
        var second = await tools.CreateOrderAsync("CUST001", "p001", 2, s_call, OrderPriority.High);

        Assert.Equal(first, second);
        Assert.Equal(("ORD0001", "confirmed", "high", 1_999.98m, 8.99m, 2_008.97m, "2,008.97 $"), (first.OrderId, first.Status, first.Priority, first.Goods, first.Shipping, first.Total, first.TotalText));
        Assert.Equal((1, 3), (await host.OrdersAsync(), await host.StockAsync("p001")));
    }

    [Fact]
    public async Task CreateOrder_TooMany_NamesTheField()
    {
        await using var host = await ShopHost.StartAsync();

        Assert.Equal("quantity", Assert.IsType<ShopError>(await new ShopTools(host.Shop).CreateOrderAsync("CUST001", "p001", 6, s_call)).Field);
    }

    [Fact]
    public async Task GetOrderStatus_ByOrderOrByCustomer()
    {
        await using var host = await ShopHost.StartAsync();
        var tools = new ShopTools(host.Shop);
        var placed = await tools.CreateOrderAsync("CUST001", "p002", 1, s_call);

        Assert.Equal(placed, await tools.GetOrderStatusAsync("ORD0001"));
        Assert.Equal(placed, await tools.GetOrderStatusAsync("ORD0001", "cust001"));
        Assert.Equal(placed, Assert.Single(Assert.IsType<OrderList>(await tools.GetOrderStatusAsync(customer_id: "CUST001")).Orders));
        Assert.Empty(Assert.IsType<OrderList>(await tools.GetOrderStatusAsync(customer_id: "CUST002")).Orders);
    }

    [Theory]
    [InlineData(null, null, "order_id")]
    [InlineData(" ", "", "order_id")]
    [InlineData("ORD0002", null, "order_id")]
    [InlineData("ORD0001", "CUST002", "order_id")]
    [InlineData(null, "CUST999", "customer_id")]
    public async Task GetOrderStatus_BadInput_NamesTheField(string? order, string? customer, string field)
    {
        await using var host = await ShopHost.StartAsync();
        var tools = new ShopTools(host.Shop);
        await tools.CreateOrderAsync("CUST001", "p002", 1, s_call);

        Assert.Equal(field, Assert.IsType<ShopError>(await tools.GetOrderStatusAsync(order, customer)).Field);
    }

    [Fact]
    public async Task CancelOrder_GivesTheCancelledOrder()
    {
        await using var host = await ShopHost.StartAsync();
        var tools = new ShopTools(host.Shop);
        await tools.CreateOrderAsync("CUST001", "p001", 2, s_call);

        Assert.Equal("cancelled", Assert.IsType<OrderReport>(await tools.CancelOrderAsync("ORD0001")).Status);
        Assert.Equal(5, await host.StockAsync("p001"));
        Assert.Equal("order_id", Assert.IsType<ShopError>(await tools.CancelOrderAsync("ORD0009")).Field);
    }

    [Fact]
    public async Task UpdateInventory_SameCallTwice_ChangesOnce()
    {
        await using var host = await ShopHost.StartAsync();
        var tools = new ShopTools(host.Shop);

        var first = await tools.UpdateInventoryAsync("p003", s_call, change_by: 20);
        var second = await tools.UpdateInventoryAsync("p003", s_call, change_by: 20);

        Assert.Equal(new StockReport("p003", "Keyboard", 20, "in stock"), first);
        Assert.Equal(first, second);
        Assert.Equal("stock", Assert.IsType<ShopError>(await tools.UpdateInventoryAsync("p003", s_call with { Key = "other" })).Field);
    }
}
