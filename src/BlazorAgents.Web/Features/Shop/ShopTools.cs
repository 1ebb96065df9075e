using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>The shop's tools. Parameters are named as models see them; a wrong one gives a <see cref="ShopError"/>, never an exception.</summary>
internal sealed class ShopTools(ShopService shop)
{
    private const int MostOrders = 5;

    [Description("Search for products in the shop's catalog. Gives ids, names and prices, best match first.")]
    public async Task<object> SearchProductsAsync(
        [Description("Product search query, a few words; empty text lists everything")] string query,
        [Description("Only products of this category: 'Computers', 'Accessories', 'Displays', 'Audio', 'Storage', 'Networking' or 'Phones'")] string? category = null,
        [Description("Maximum results to return"), Range(1, ShopService.MostResults)] int max_results = 5,
        CancellationToken cancellationToken = default)
    {
        var found = await shop.SearchAsync(query, category, max_results, cancellationToken);
        return found.Value is { } products ? new ProductList([.. products.Select(ProductRow.Of)]) : ShopError.Of(found.Problem);
    }

    [Description("Check inventory stock for a product.")]
    public async Task<object> CheckStockAsync(
        [Description("Product ID to check, like p001")] string product_id,
        CancellationToken cancellationToken = default)
    {
        var found = await shop.FindProductAsync(product_id, cancellationToken);
        return found.Value is { } product ? StockReport.Of(product.Id, product.Name, product.Stock) : ShopError.Of(found.Problem);
    }

    [Description("Validate that a customer exists and has an open account.")]
    public async Task<object> ValidateCustomerAsync(
        [Description("Customer ID, like CUST001")] string customer_id,
        CancellationToken cancellationToken = default)
    {
        var found = await shop.FindCustomerAsync(customer_id, cancellationToken);
        return found.Value is not { } customer
            ? new CustomerCheck(false, customer_id, Reason: found.Problem!.Message)
            : new CustomerCheck(customer.IsActive, customer.Id, customer.Name, customer.Country, customer.IsPremium, customer.IsActive ? null : "The account is closed.");
    }

    [Description("Calculate shipping cost for a customer and product. Premium customers pay nothing.")]
    public async Task<object> CalculateShippingAsync(
        [Description("Customer ID, like CUST001")] string customer_id,
        [Description("Product ID, like p001")] string product_id,
        [Description("Number of items"), Range(1, ShopService.MostQuantity)] int quantity = 1,
        CancellationToken cancellationToken = default)
    {
        var quoted = await shop.QuoteAsync(new OrderInput(customer_id, product_id, quantity), cancellationToken);
        return quoted.Value is { } quote
            ? new ShippingCost(
                quote.Customer.Id,
                quote.Product.Id,
                quantity,
                Money.Dollars(quote.ShippingCents),
                quote.ShippingCents == 0 ? "Free shipping (premium member)" : Money.Text(quote.ShippingCents))
            : ShopError.Of(quoted.Problem);
    }

    [Description("Create a new order for a customer. The customer pays for the goods and their shipping.")]
    public async Task<object> CreateOrderAsync(
        [Description("Customer ID, like CUST001")] string customer_id,
        [Description("Product ID to order, like p001")] string product_id,
        [Description("Quantity to order"), Range(1, ShopService.MostQuantity)] int quantity,
        ToolCallContext call,
        [Description("Order priority")] OrderPriority priority = OrderPriority.Normal,
        CancellationToken cancellationToken = default)
    {
        var placed = await shop.PlaceOrderAsync(new OrderInput(customer_id, product_id, quantity, priority), call.Key, call.Caller?.UserId, cancellationToken);
        return placed.Value is { } order ? OrderReport.Of(order) : ShopError.Of(placed.Problem);
    }

    [Description("Get the status of an order, or of a customer's latest orders. Give at least one of the two ids.")]
    public async Task<object> GetOrderStatusAsync(
        [Description("Order ID to check, like ORD0001")] string? order_id = null,
        [Description("Customer ID, like CUST001: gives this customer's latest orders when the order ID is not known")] string? customer_id = null,
        CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(order_id) && string.IsNullOrWhiteSpace(customer_id))
        {
            return new ShopError("Give order_id or customer_id. Ask the customer for one of them.", "order_id");
        }

        if (string.IsNullOrWhiteSpace(order_id))
        {
            var listed = await shop.ListOrdersAsync(customer_id, MostOrders, cancellationToken);
            return listed.Value is { } orders ? new OrderList(customer_id!.Trim(), [.. orders.Select(OrderReport.Of)]) : ShopError.Of(listed.Problem);
        }

        var found = await shop.FindOrderAsync(order_id, cancellationToken);
        return found.Value is not { } order ? ShopError.Of(found.Problem)
            : string.IsNullOrWhiteSpace(customer_id) || order.CustomerId.Equals(customer_id.Trim(), StringComparison.OrdinalIgnoreCase) ? OrderReport.Of(order)
            : new ShopError($"Order {order.Id} is not an order of that customer. Check order_id, or leave it out to list the customer's orders.", "order_id");
    }

    [Description("Cancel an order that was not shipped yet: the customer gets the money back, the goods go back in stock.")]
    public async Task<object> CancelOrderAsync(
        [Description("Order ID to cancel, like ORD0001")] string order_id,
        CancellationToken cancellationToken = default)
    {
        var cancelled = await shop.CancelOrderAsync(order_id, cancellationToken);
        return cancelled.Value is { } order ? OrderReport.Of(order) : ShopError.Of(cancelled.Problem);
    }

    [Description("Update the inventory of a product: set the number of units, or change it by a number. Give exactly one of stock and change_by.")]
    public async Task<object> UpdateInventoryAsync(
        [Description("Product ID, like p001")] string product_id,
        ToolCallContext call,
        [Description("The new number of units"), Range(0, ShopService.MostStock)] int? stock = null,
        [Description("Units that arrive (above zero) or leave (below zero)")] int? change_by = null,
        CancellationToken cancellationToken = default)
    {
        var changed = await shop.ChangeStockAsync(product_id, stock, change_by, call.Key, cancellationToken);
        return changed.Value is { } view ? StockReport.Of(view.ProductId, view.ProductName, view.Stock) : ShopError.Of(changed.Problem);
    }
}
