using BlazorAgents.Web.Features.Shop;

namespace BlazorAgents.Web.Tests.Shop;

public sealed class ShopPreviewsTests
{
    [Fact]
    public async Task Order_ShowsStockShippingAndTotal()
    {
        await using var host = await ShopHost.StartAsync();

        var preview = await new ShopPreviews(host.Shop).OrderAsync("CUST001", "p001", 2, OrderPriority.Urgent);

        Assert.Equal("Order 2 x Laptop, 1,999.98 $, for CUST001", preview.Sentence);
        Assert.Equal(["Customer: Alice Johnson, US", "Stock of Laptop: 5 → 3", "Shipping: 8.99 $", "Total: 2,008.97 $", "Priority: urgent"], preview.Effects);
        Assert.Equal(("p001", 2_008.97m), (preview.Target, preview.Amount));
        Assert.Equal((0, 5), (await host.OrdersAsync(), await host.StockAsync("p001")));
    }

    [Theory]
    [InlineData("CUST001", "p003", 1, "Order 1 x Keyboard, 79.99 $, for CUST001", "out of stock")]
    [InlineData("CUST008", "p001", 1, "Order 1 x Laptop, 999.99 $, for CUST008", "may not order")]
    [InlineData("CUST001", "p999", 1, "Order 1 x p999 for CUST001", "not found")]
    public async Task Order_ThatWouldFail_SaysSo(string customer, string product, int quantity, string sentence, string effect)
    {
        await using var host = await ShopHost.StartAsync();

        var preview = await new ShopPreviews(host.Shop).OrderAsync(customer, product, quantity);

        Assert.Equal(sentence, preview.Sentence);
        Assert.Contains(effect, Assert.Single(preview.Effects), StringComparison.Ordinal);
        Assert.Null(preview.Amount);
    }

    [Fact]
    public async Task Cancel_ShowsMoneyAndGoodsThatGoBack()
    {
        await using var host = await ShopHost.StartAsync();
        await host.Shop.PlaceOrderAsync(new("CUST002", "p001", 2), "key", null);
        var previews = new ShopPreviews(host.Shop);

        var preview = await previews.CancelAsync("ord0001");
        await host.Shop.CancelOrderAsync("ORD0001");
        var again = await previews.CancelAsync("ORD0001");

        Assert.Equal("Cancel ORD0001: 2 x Laptop, 1,999.98 $ back to CUST002", preview.Sentence);
        Assert.Equal(["Status: confirmed → cancelled", "Stock of Laptop: 3 → 5", "Money back: 1,999.98 $"], preview.Effects);
        Assert.Equal(("ORD0001", 1_999.98m), (preview.Target, preview.Amount));
        Assert.Equal("Nothing: the order is already cancelled", Assert.Single(again.Effects));
        Assert.StartsWith("It would fail: Order ORD0009 not found", Assert.Single((await previews.CancelAsync("ORD0009")).Effects), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inventory_ShowsBeforeAndAfter()
    {
        await using var host = await ShopHost.StartAsync();
        var previews = new ShopPreviews(host.Shop);

        Assert.Equal(["Stock of Laptop: 5 → 1,200"], (await previews.InventoryAsync("p001", stock: 1_200)).Effects);
        Assert.Equal("Set the stock of Laptop to 1,200", (await previews.InventoryAsync("p001", stock: 1_200)).Sentence);
        Assert.Equal("Lower the stock of Laptop by 3", (await previews.InventoryAsync("p001", change_by: -3)).Sentence);
        Assert.StartsWith("It would fail: change_by", Assert.Single((await previews.InventoryAsync("p001", change_by: -6)).Effects), StringComparison.Ordinal);
        Assert.Equal(5, await host.StockAsync("p001"));
    }
}
