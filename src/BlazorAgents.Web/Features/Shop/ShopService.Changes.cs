using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Features.Shop;

public sealed partial class ShopService
{
    /// <summary>Places an order and takes the goods from stock, once for each <paramref name="key"/>: again, it gives the order already placed.</summary>
    public Task<ShopResult<OrderView>> PlaceOrderAsync(OrderInput input, string key, string? placedById, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return database.WriteAsync<ShopResult<OrderView>>(
            async context =>
            {
                if (await Views(context, context.Orders.Where(order => order.IdempotencyKey == key)).FirstOrDefaultAsync(cancellationToken) is { } placed)
                {
                    return new(placed);
                }

                var quoted = await QuoteAsync(context, input, cancellationToken);
                if (quoted.Value is not { } quote)
                {
                    return new(quoted.Problem!);
                }

                if (CannotOrder(quote) is { } problem)
                {
                    return new(problem);
                }

                var taken = await context.Products
                    .Where(product => product.Id == quote.Product.Id && product.Stock >= quote.Quantity)
                    .ExecuteUpdateAsync(set => set.SetProperty(product => product.Stock, product => product.Stock - quote.Quantity), cancellationToken);
                if (taken == 0)
                {
                    return new(TooFew(quote.Product));
                }

                return new(await AddAsync(context, quote, input.Priority, key, placedById, cancellationToken));
            },
            cancellationToken);
    }

    /// <summary>Cancels a confirmed order and puts the goods back; a cancelled one stays as it is.</summary>
    public Task<ShopResult<OrderView>> CancelOrderAsync(string? orderId, CancellationToken cancellationToken = default) =>
        database.WriteAsync<ShopResult<OrderView>>(
            async context =>
            {
                var found = await FindOrderAsync(context, orderId, cancellationToken);
                if (found.Value is not { } order || order.Status == OrderStatus.Cancelled)
                {
                    return found;
                }

                if (CannotCancel(order) is { } problem)
                {
                    return new(problem);
                }

                var now = time.GetUtcNow();
                await context.Orders.Where(row => row.Number == order.Number).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Status, OrderStatus.Cancelled).SetProperty(row => row.UpdatedAt, now), cancellationToken);
                await context.Products.Where(product => product.Id == order.ProductId).ExecuteUpdateAsync(
                    set => set.SetProperty(product => product.Stock, product => product.Stock + order.Quantity), cancellationToken);
                return new(order with { Status = OrderStatus.Cancelled, UpdatedAt = now });
            },
            cancellationToken);

    /// <summary>Sets the stock of a product, or changes it by a number, once for each <paramref name="key"/>: again, it gives what the first time left.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="stock">What is there from now on; null when <paramref name="changeBy"/> is given.</param>
    /// <param name="changeBy">What comes (above zero) or goes; null when <paramref name="stock"/> is given.</param>
    /// <param name="key">The call that changes it.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    public Task<ShopResult<StockView>> ChangeStockAsync(string? productId, int? stock, int? changeBy, string key, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return database.WriteAsync<ShopResult<StockView>>(
            async context =>
            {
                if (await context.StockChanges.AsNoTracking().FirstOrDefaultAsync(change => change.IdempotencyKey == key, cancellationToken) is { } made)
                {
                    var changed = await FindProductAsync(context, made.ProductId, cancellationToken);
                    return new(new StockView(made.ProductId, changed.Value!.Name, made.StockAfter));
                }

                var found = await FindProductAsync(context, productId, cancellationToken);
                if (found.Value is not { } product)
                {
                    return new(found.Problem!);
                }

                var after = StockAfter(product, stock, changeBy);
                if (after.Value is not { } view)
                {
                    return after;
                }

                await context.Products.Where(row => row.Id == product.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Stock, view.Stock), cancellationToken);
                context.StockChanges.Add(new StockChange { IdempotencyKey = key, ProductId = product.Id, StockAfter = view.Stock, CreatedAt = time.GetUtcNow() });
                return after;
            },
            cancellationToken);
    }

    /// <summary>What a change of stock would leave, or why it cannot be made.</summary>
    internal static ShopResult<StockView> StockAfter(Product product, int? stock, int? changeBy)
    {
        if (stock is null == changeBy is null)
        {
            return new(new ShopProblem("stock", "Give either stock, the new number of units, or change_by, the units that come (above zero) or go (below zero)."));
        }

        var after = stock ?? ((long)product.Stock + changeBy!.Value);
        var field = stock is null ? "change_by" : "stock";
        return after switch
        {
            < 0 => new(new ShopProblem(field, $"{field} would leave less than nothing: {product.Name} has {Count(product.Stock)} units in stock.")),
            > MostStock => new(new ShopProblem(field, $"{field} would leave more than {Count(MostStock)} units, the most there can be.")),
            _ => new(new StockView(product.Id, product.Name, (int)after)),
        };
    }

    /// <summary>Why an order cannot be placed as things are; null when it can.</summary>
    internal static ShopProblem? CannotOrder(OrderQuote quote) =>
        !quote.Customer.IsActive
            ? new ShopProblem("customer_id", $"Customer {quote.Customer.Id} may not order: the account is closed. Tell the customer to contact the shop.")
            : quote.Product.Stock < quote.Quantity ? TooFew(quote.Product) : null;

    /// <summary>Why an order cannot be cancelled; null when it can.</summary>
    internal static ShopProblem? CannotCancel(OrderView order) => order.Status == OrderStatus.Confirmed
        ? null
        : new ShopProblem("order_id", $"Order {order.Id} is {order.Status.ToString().ToLowerInvariant()} and cannot be cancelled. Only confirmed orders can.");

    private static ShopProblem TooFew(Product product) => new("quantity", product.Stock == 0
        ? $"{product.Name} is out of stock. Offer something else with search_products."
        : $"Insufficient stock: only {Count(product.Stock)} of {product.Name} available. Ask for that many or fewer.");

    private async Task<OrderView> AddAsync(AppDbContext context, OrderQuote quote, OrderPriority priority, string key, string? placedById, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var order = new Order
        {
            IdempotencyKey = key,
            CustomerId = quote.Customer.Id,
            ProductId = quote.Product.Id,
            Quantity = quote.Quantity,
            Priority = priority.ToString().ToLowerInvariant(),
            GoodsCents = quote.GoodsCents,
            ShippingCents = quote.ShippingCents,
            Status = OrderStatus.Confirmed,
            PlacedById = placedById,
            CreatedAt = now,
            UpdatedAt = now,
        };
        context.Orders.Add(order);
        await context.SaveChangesAsync(cancellationToken); // the number comes from the database
        return new OrderView(
            order.Number, order.CustomerId, order.ProductId, quote.Product.Name, order.Quantity, order.Priority,
            order.GoodsCents, order.ShippingCents, order.Status, now, now);
    }
}
