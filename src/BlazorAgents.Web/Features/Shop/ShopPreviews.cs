using System.Globalization;
using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>What the shop's tools would do, for the person who decides; computed from the shop as it is now. Changes nothing.</summary>
internal sealed class ShopPreviews(ShopService shop)
{
    public async Task<ToolPreview> OrderAsync(
        string customer_id, string product_id, int quantity, OrderPriority priority = OrderPriority.Normal, CancellationToken cancellationToken = default)
    {
        var quoted = await shop.QuoteAsync(new OrderInput(customer_id, product_id, quantity, priority), cancellationToken);
        if (quoted.Value is not { } quote)
        {
            return Failing($"Order {Count(quantity)} x {product_id} for {customer_id}", quoted.Problem!, product_id);
        }

        var sentence = $"Order {Count(quantity)} x {quote.Product.Name}, {Money.Text(quote.GoodsCents)}, for {quote.Customer.Id}";
        if (ShopService.CannotOrder(quote) is { } problem)
        {
            return Failing(sentence, problem, quote.Product.Id);
        }

        var effects = new List<string>
        {
            $"Customer: {quote.Customer.Name}, {quote.Customer.Country}{(quote.Customer.IsPremium ? ", premium" : "")}",
            $"Stock of {quote.Product.Name}: {Count(quote.Product.Stock)} → {Count(quote.Product.Stock - quantity)}",
            $"Shipping: {Money.Text(quote.ShippingCents)}",
            $"Total: {Money.Text(quote.TotalCents)}",
        };
        if (priority != OrderPriority.Normal)
        {
            effects.Add($"Priority: {priority.ToString().ToLowerInvariant()}");
        }

        return new ToolPreview(sentence, effects, quote.Product.Id, Money.Dollars(quote.TotalCents));
    }

    public async Task<ToolPreview> CancelAsync(string order_id, CancellationToken cancellationToken = default)
    {
        var found = await shop.FindOrderAsync(order_id, cancellationToken);
        if (found.Value is not { } order)
        {
            return Failing($"Cancel order {order_id}", found.Problem!, order_id);
        }

        var sentence = $"Cancel {order.Id}: {Count(order.Quantity)} x {order.ProductName}, {Money.Text(order.TotalCents)} back to {order.CustomerId}";
        if (order.Status == Data.OrderStatus.Cancelled)
        {
            return new ToolPreview(sentence, ["Nothing: the order is already cancelled"], order.Id);
        }

        if (ShopService.CannotCancel(order) is { } problem)
        {
            return Failing(sentence, problem, order.Id);
        }

        var product = await shop.FindProductAsync(order.ProductId, cancellationToken);
        var stock = product.Value!.Stock;
        return new ToolPreview(
            sentence,
            [
                "Status: confirmed → cancelled",
                $"Stock of {order.ProductName}: {Count(stock)} → {Count(stock + order.Quantity)}",
                $"Money back: {Money.Text(order.TotalCents)}",
            ],
            order.Id,
            Money.Dollars(order.TotalCents));
    }

    public async Task<ToolPreview> InventoryAsync(string product_id, int? stock = null, int? change_by = null, CancellationToken cancellationToken = default)
    {
        var found = await shop.FindProductAsync(product_id, cancellationToken);
        if (found.Value is not { } product)
        {
            return Failing($"Change the stock of {product_id}", found.Problem!, product_id);
        }

        var after = ShopService.StockAfter(product, stock, change_by);
        return after.Value is { } view
            ? new ToolPreview(Sentence(), [$"Stock of {product.Name}: {Count(product.Stock)} → {Count(view.Stock)}"], product.Id)
            : Failing($"Change the stock of {product.Name}", after.Problem!, product.Id);

        // A change stays what it is when somebody buys one meanwhile.
        string Sentence() => change_by switch
        {
            null => $"Set the stock of {product.Name} to {Count(stock ?? product.Stock)}",
            < 0 => $"Lower the stock of {product.Name} by {Count(-change_by.Value)}",
            _ => $"Raise the stock of {product.Name} by {Count(change_by.Value)}",
        };
    }

    private static ToolPreview Failing(string sentence, ShopProblem problem, string target) => new(sentence, [$"It would fail: {problem.Message}"], target);

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
