using BlazorAgents.Data;
using BlazorAgents.Web.Features.Shop;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Tests.Shop;

public sealed class ShopServiceTests
{
    private static readonly OrderInput s_laptop = new("CUST001", "p001", 1);

    [Fact]
    public async Task Seeder_OnANewDatabase_HasTheGuidesProducts()
    {
        await using var host = await ShopHost.StartAsync();

        var products = await host.Database.ReadAsync(context => context.Products.OrderBy(product => product.Id).ToListAsync());
        var customers = await host.Database.ReadAsync(context => context.Customers.ToListAsync());

        Assert.Equal(
            [("p001", "Laptop", 99_999L, 5), ("p002", "Mouse", 2_999L, 50), ("p003", "Keyboard", 7_999L, 0)],
            products.Take(3).Select(product => (product.Id, product.Name, product.PriceCents, product.Stock)));
        Assert.True(products.Count >= 28 && products.Select(product => product.Category).Distinct().Count() >= 5);
        Assert.All(products, product => Assert.True(product is { PriceCents: > 0, WeightGrams: > 0, Description.Length: > 0 }));
        Assert.True(customers.Count >= 8 && customers.Any(customer => customer.IsPremium) && customers.Any(customer => !customer.IsActive));
    }

    [Fact]
    public async Task Seeder_Again_ChangesNothing()
    {
        await using var host = await ShopHost.StartAsync();
        await host.SetStockAsync("p001", 1);
        await host.Database.WriteAsync(context => context.Products.Where(product => product.Id == "p030").ExecuteDeleteAsync());

        await host.Seeder.SeedAsync();

        Assert.Equal(1, await host.StockAsync("p001"));
        Assert.False(await host.Database.ReadAsync(context => context.Products.AnyAsync(product => product.Id == "p030")));
    }

    [Theory]
    [InlineData("laptop", "p001")]
    [InlineData("Laptops", "p001")]
    [InlineData("a laptop for gaming", "p004")]
    [InlineData("mice", "p002")]
    [InlineData("KEYBOARDS", "p003")]
    [InlineData("noise cancelling", "p019")]
    [InlineData("p012", "p012")]
    [InlineData("head", "p019")]
    public async Task Search_Words_PutTheBestFirst(string query, string first)
    {
        await using var host = await ShopHost.StartAsync();

        var found = await host.Shop.SearchAsync(query);

        Assert.Equal(first, found.Value![0].Id);
    }

    [Theory]
    [InlineData("", null, 20, 20)]
    [InlineData("  the  ", null, 3, 3)]
    [InlineData("", "audio", 20, 5)]
    [InlineData("monitor", "Accessories", 5, 0)]
    [InlineData("zeppelin", null, 5, 0)]
    [InlineData("💥 zeppelin' OR '' = '", null, 5, 0)]
    public async Task Search_ListsFiltersAndLimits(string? query, string? category, int most, int count)
    {
        await using var host = await ShopHost.StartAsync();

        Assert.Equal(count, (await host.Shop.SearchAsync(query, category, most)).Value!.Count);
    }

    [Fact]
    public async Task Order_TakesTheGoods_AndKeepsTheDaysPrice()
    {
        await using var host = await ShopHost.StartAsync();

        var order = (await host.Shop.PlaceOrderAsync(new("cust001", "P001", 2, OrderPriority.Urgent), "key", "ann")).Value!;

        Assert.Equal(("ORD0001", "CUST001", "p001", "Laptop", 2, "urgent"), (order.Id, order.CustomerId, order.ProductId, order.ProductName, order.Quantity, order.Priority));
        Assert.Equal((199_998L, 899L, 200_897L), (order.GoodsCents, order.ShippingCents, order.TotalCents));
        Assert.Equal(host.Time.GetUtcNow(), order.CreatedAt);
        Assert.Equal(3, await host.StockAsync("p001"));
        Assert.Equal(order, (await host.Shop.FindOrderAsync("ord0001")).Value);
        Assert.Equal("ann", await host.Database.ReadAsync(context => context.Orders.Select(row => row.PlacedById).SingleAsync()));
    }

    [Fact]
    public async Task Order_SameKeyTwice_IsPlacedOnce()
    {
        await using var host = await ShopHost.StartAsync();

        var first = await host.Shop.PlaceOrderAsync(s_laptop, "key", null);
        var second = await host.Shop.PlaceOrderAsync(s_laptop, "key", null);

        Assert.Equal(first.Value, second.Value);
        Assert.Equal((1, 4), (await host.OrdersAsync(), await host.StockAsync("p001")));
    }

    [Fact]
    public async Task Order_SameKeyAtTheSameTime_IsPlacedOnce()
    {
        await using var host = await ShopHost.StartAsync();

        var placed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.Shop.PlaceOrderAsync(s_laptop, "key", null))));

        Assert.Equal("ORD0001", Assert.Single(placed.Select(result => result.Value!.Id).Distinct()));
        Assert.Equal((1, 4), (await host.OrdersAsync(), await host.StockAsync("p001")));
    }

    [Fact]
    public async Task Orders_FiftyInParallel_NeverSellMoreThanThereIs()
    {
        await using var host = await ShopHost.StartAsync();
        await host.SetStockAsync("p002", 10);

        var placed = await Task.WhenAll(Enumerable.Range(0, 50).Select(number =>
            Task.Run(() => host.Shop.PlaceOrderAsync(new("CUST002", "p002", 1), $"key-{number}", null))));

        Assert.Equal(10, placed.Count(result => result.Value is not null));
        Assert.All(placed.Where(result => result.Value is null), result => Assert.Equal("quantity", result.Problem!.Field));
        Assert.Equal((10, 0), (await host.OrdersAsync(), await host.StockAsync("p002")));
    }

    [Theory]
    [InlineData("CUST001", "p001", 0, "quantity", "1 to 100")]
    [InlineData("CUST001", "p001", -1, "quantity", "1 to 100")]
    [InlineData("CUST001", "p030", 101, "quantity", "1 to 100")]
    [InlineData("CUST001", "p001", 6, "quantity", "only 5 of Laptop")]
    [InlineData("CUST001", "p003", 1, "quantity", "out of stock")]
    [InlineData("CUST001", "p999", 1, "product_id", "Product p999 not found. Use search_products")]
    [InlineData("CUST001", null, 1, "product_id", "not found")]
    [InlineData("CUST999", "p001", 1, "customer_id", "Customer CUST999 not found")]
    [InlineData("  ", "p001", 1, "customer_id", "not found")]
    [InlineData("CUST008", "p001", 1, "customer_id", "may not order")]
    public async Task Order_BadInput_NamesTheFieldAndChangesNothing(string? customer, string? product, int quantity, string field, string message)
    {
        await using var host = await ShopHost.StartAsync();

        var result = await host.Shop.PlaceOrderAsync(new(customer, product, quantity), "key", null);

        Assert.Equal(field, result.Problem!.Field);
        Assert.Contains(message, result.Problem.Message, StringComparison.Ordinal);
        Assert.Equal((0, 5), (await host.OrdersAsync(), await host.StockAsync("p001")));
    }

    [Fact]
    public async Task Order_RefusedFirst_MayBePlacedUnderTheSameKeyLater()
    {
        await using var host = await ShopHost.StartAsync();
        Assert.NotNull((await host.Shop.PlaceOrderAsync(new("CUST001", "p003", 1), "key", null)).Problem);
        await host.SetStockAsync("p003", 1);

        Assert.NotNull((await host.Shop.PlaceOrderAsync(new("CUST001", "p003", 1), "key", null)).Value);
    }

    [Fact]
    public async Task Problem_WithALongOrHostileId_StaysShortAndOnOneLine()
    {
        await using var host = await ShopHost.StartAsync();

        var message = (await host.Shop.FindProductAsync("a\nb\u0000\ud800" + new string('x', 10_000))).Problem!.Message;

        Assert.StartsWith("Product a?b??xxx", message, StringComparison.Ordinal);
        Assert.True(message.Length < 120);
    }

    [Fact]
    public async Task Cancel_AConfirmedOrder_PutsTheGoodsBackOnce()
    {
        await using var host = await ShopHost.StartAsync();
        await host.Shop.PlaceOrderAsync(new("CUST001", "p001", 2), "key", null);
        host.Time.Advance(TimeSpan.FromMinutes(1));

        var first = await host.Shop.CancelOrderAsync("ORD0001");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await host.Shop.CancelOrderAsync("1");

        Assert.Equal((OrderStatus.Cancelled, first.Value!.CreatedAt.AddMinutes(1)), (first.Value.Status, first.Value.UpdatedAt));
        Assert.Equal(first.Value, second.Value);
        Assert.Equal(5, await host.StockAsync("p001"));
    }

    [Fact]
    public async Task Cancel_AShippedOrder_IsRefused()
    {
        await using var host = await ShopHost.StartAsync();
        var order = (await host.Shop.PlaceOrderAsync(s_laptop, "key", null)).Value!;
        await host.ShipAsync(order.Number);

        var result = await host.Shop.CancelOrderAsync("ORD0001");

        Assert.Contains("shipped and cannot be cancelled", result.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(4, await host.StockAsync("p001"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ORD")]
    [InlineData("ORD0002")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("ORD99999999999999999999")]
    [InlineData("1 OR 1=1")]
    public async Task Cancel_UnknownOrder_NamesTheField(string? orderId)
    {
        await using var host = await ShopHost.StartAsync();
        await host.Shop.PlaceOrderAsync(s_laptop, "key", null);

        Assert.Equal("order_id", (await host.Shop.CancelOrderAsync(orderId)).Problem!.Field);
        Assert.Equal(4, await host.StockAsync("p001"));
    }

    [Theory]
    [InlineData(20, null, 20)]
    [InlineData(0, null, 0)]
    [InlineData(null, 7, 12)]
    [InlineData(null, -5, 0)]
    public async Task Stock_Changed_OnceForAKey(int? stock, int? by, int after)
    {
        await using var host = await ShopHost.StartAsync();

        var first = await host.Shop.ChangeStockAsync("P001", stock, by, "key");
        var second = await host.Shop.ChangeStockAsync("p001", stock, by, "key");

        Assert.Equal(new StockView("p001", "Laptop", after), first.Value);
        Assert.Equal(first.Value, second.Value);
        Assert.Equal(after, await host.StockAsync("p001"));
    }

    [Theory]
    [InlineData("p001", null, null, "stock")]
    [InlineData("p001", 1, 1, "stock")]
    [InlineData("p001", -1, null, "stock")]
    [InlineData("p001", 1_000_001, null, "stock")]
    [InlineData("p001", null, -6, "change_by")]
    [InlineData("p001", null, int.MaxValue, "change_by")]
    [InlineData("p001", null, int.MinValue, "change_by")]
    [InlineData("p999", 1, null, "product_id")]
    public async Task Stock_BadInput_NamesTheFieldAndChangesNothing(string product, int? stock, int? by, string field)
    {
        await using var host = await ShopHost.StartAsync();

        Assert.Equal(field, (await host.Shop.ChangeStockAsync(product, stock, by, "key")).Problem!.Field);
        Assert.Equal(5, await host.StockAsync("p001"));
    }

    [Theory]
    [InlineData("CUST001", "p001", 1, 599)]
    [InlineData("CUST001", "p001", 2, 899)]
    [InlineData("CUST003", "p002", 1, 1_499)]
    [InlineData("CUST004", "p006", 100, 0)]
    [InlineData("CUST001", "p006", 100, 599 + (978 * 150))]
    public async Task Shipping_DependsOnWeightCountryAndMembership(string customer, string product, int quantity, long cents)
    {
        await using var host = await ShopHost.StartAsync();

        Assert.Equal(cents, (await host.Shop.QuoteAsync(new(customer, product, quantity))).Value!.ShippingCents);
    }

    [Fact]
    public async Task Orders_OfACustomer_AreTheLatestFirst()
    {
        await using var host = await ShopHost.StartAsync();
        foreach (var (customer, number) in new[] { ("CUST001", 1), ("CUST002", 2), ("CUST001", 3), ("CUST001", 4) })
        {
            await host.Shop.PlaceOrderAsync(new(customer, "p002", 1), $"key-{number}", null);
        }

        Assert.Equal(["ORD0004", "ORD0003"], (await host.Shop.ListOrdersAsync("cust001", 2)).Value!.Select(order => order.Id));
        Assert.Empty((await host.Shop.ListOrdersAsync("CUST003", 5)).Value!);
        Assert.Equal("customer_id", (await host.Shop.ListOrdersAsync("nobody", 5)).Problem!.Field);
    }
}
