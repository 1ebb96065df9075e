using System.Globalization;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>The shop: what it sells, who buys, orders and stock. Money is in cents.</summary>
public sealed partial class ShopService(Database database, TimeProvider time)
{
    /// <summary>The most products that a search gives.</summary>
    public const int MostResults = 20;

    /// <summary>The most of one product in an order.</summary>
    public const int MostQuantity = 100;

    /// <summary>The most of one product in stock.</summary>
    public const int MostStock = 1_000_000;

    private const int MostQuery = 200;
    private const int MostShownId = 40;
    private const string NoCase = "NOCASE";

    /// <summary>Products that fit words, best first; an empty query lists them.</summary>
    /// <param name="query">Words, at most 200 characters.</param>
    /// <param name="category">Only products of this category; null for all.</param>
    /// <param name="maxResults">1 to 20.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<ShopResult<IReadOnlyList<Product>>> SearchAsync(
        string? query, string? category = null, int maxResults = 5, CancellationToken cancellationToken = default)
    {
        if (query is { Length: > MostQuery })
        {
            return new(new ShopProblem("query", $"query must have at most {MostQuery} characters. Use a few words."));
        }

        if (maxResults is < 1 or > MostResults)
        {
            return new(new ShopProblem("max_results", $"max_results must be 1 to {MostResults}."));
        }

        var products = await database.ReadAsync(context => context.Products.ToListAsync(cancellationToken), cancellationToken);
        if (!string.IsNullOrWhiteSpace(category))
        {
            var wanted = products.Where(product => product.Category.Equals(category.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
            if (wanted.Count == 0)
            {
                var known = string.Join(", ", products.Select(product => product.Category).Distinct().Order(StringComparer.Ordinal));
                return new(new ShopProblem("category", $"There is no category {Shown(category)}. Use one of these or leave category out: {known}."));
            }

            products = wanted;
        }

        return new([.. ProductSearch.Rank(products, query ?? "").Take(maxResults)]);
    }

    /// <summary>A product by its id, in any case.</summary>
    public Task<ShopResult<Product>> FindProductAsync(string? productId, CancellationToken cancellationToken = default) =>
        database.ReadAsync(context => FindProductAsync(context, productId, cancellationToken), cancellationToken);

    /// <summary>A customer by the id, in any case; also one who may not order.</summary>
    public Task<ShopResult<Customer>> FindCustomerAsync(string? customerId, CancellationToken cancellationToken = default) =>
        database.ReadAsync(context => FindCustomerAsync(context, customerId, cancellationToken), cancellationToken);

    /// <summary>What an order would cost; the stock is not looked at.</summary>
    public Task<ShopResult<OrderQuote>> QuoteAsync(OrderInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return database.ReadAsync(context => QuoteAsync(context, input, cancellationToken), cancellationToken);
    }

    /// <summary>An order by its number as people write it.</summary>
    public Task<ShopResult<OrderView>> FindOrderAsync(string? orderId, CancellationToken cancellationToken = default) =>
        database.ReadAsync(context => FindOrderAsync(context, orderId, cancellationToken), cancellationToken);

    /// <summary>A customer's latest orders, newest first.</summary>
    public Task<ShopResult<IReadOnlyList<OrderView>>> ListOrdersAsync(string? customerId, int most, CancellationToken cancellationToken = default) =>
        database.ReadAsync<ShopResult<IReadOnlyList<OrderView>>>(
            async context =>
            {
                var customer = await FindCustomerAsync(context, customerId, cancellationToken);
                if (customer.Value is not { } known)
                {
                    return new(customer.Problem!);
                }

                var latest = context.Orders.Where(order => order.CustomerId == known.Id).OrderByDescending(order => order.Number).Take(most);
                var orders = await Views(context, latest).ToListAsync(cancellationToken);
                return new([.. orders.OrderByDescending(order => order.Number)]); // a join keeps no order
            },
            cancellationToken);

    private static async Task<ShopResult<Product>> FindProductAsync(AppDbContext context, string? productId, CancellationToken cancellationToken)
    {
        var id = (productId ?? "").Trim();
        return id.Length > 0 && await context.Products.AsNoTracking().FirstOrDefaultAsync(product => EF.Functions.Collate(product.Id, NoCase) == id, cancellationToken) is { } found
            ? new(found)
            : new(new ShopProblem("product_id", $"Product {Shown(id)} not found. Use search_products to find its id."));
    }

    private static async Task<ShopResult<Customer>> FindCustomerAsync(AppDbContext context, string? customerId, CancellationToken cancellationToken)
    {
        var id = (customerId ?? "").Trim();
        return id.Length > 0 && await context.Customers.AsNoTracking().FirstOrDefaultAsync(customer => EF.Functions.Collate(customer.Id, NoCase) == id, cancellationToken) is { } found
            ? new(found)
            : new(new ShopProblem("customer_id", $"Customer {Shown(id)} not found. Ask the customer for their id; it looks like CUST001."));
    }

    private static async Task<ShopResult<OrderView>> FindOrderAsync(AppDbContext context, string? orderId, CancellationToken cancellationToken) =>
        OrderNumber.TryParse(orderId, out var number)
        && await Views(context, context.Orders.Where(order => order.Number == number)).FirstOrDefaultAsync(cancellationToken) is { } found
            ? new(found)
            : new(new ShopProblem("order_id", $"Order {Shown(orderId ?? "")} not found. Order ids look like ORD0001; get_order_status with customer_id lists a customer's orders."));

    private static async Task<ShopResult<OrderQuote>> QuoteAsync(AppDbContext context, OrderInput input, CancellationToken cancellationToken)
    {
        if (input.Quantity is < 1 or > MostQuantity)
        {
            return new(new ShopProblem("quantity", $"quantity must be 1 to {MostQuantity}."));
        }

        var customer = await FindCustomerAsync(context, input.CustomerId, cancellationToken);
        if (customer.Value is not { } buyer)
        {
            return new(customer.Problem!);
        }

        var product = await FindProductAsync(context, input.ProductId, cancellationToken);
        return product.Value is not { } wanted
            ? new(product.Problem!)
            : new(new OrderQuote(buyer, wanted, input.Quantity, wanted.PriceCents * input.Quantity, ShippingRates.Cents(buyer, wanted, input.Quantity)));
    }

    private static IQueryable<OrderView> Views(AppDbContext context, IQueryable<Order> orders) =>
        from order in orders
        join product in context.Products on order.ProductId equals product.Id
        select new OrderView(
            order.Number, order.CustomerId, order.ProductId, product.Name, order.Quantity, order.Priority,
            order.GoodsCents, order.ShippingCents, order.Status, order.CreatedAt, order.UpdatedAt);

    /// <summary>What somebody wrote, short and on one line, to be said back to them.</summary>
    private static string Shown(string id)
    {
        var clean = string.Concat(id.Trim().Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c).Take(MostShownId));
        return clean.Length == 0 ? "\"\"" : clean;
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
