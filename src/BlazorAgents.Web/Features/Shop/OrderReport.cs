namespace BlazorAgents.Web.Features.Shop;

/// <summary>An order as a model reads it. Money in dollars.</summary>
internal sealed record OrderReport(
    string OrderId,
    string Status,
    string CustomerId,
    string ProductId,
    string Product,
    int Quantity,
    string Priority,
    decimal Goods,
    decimal Shipping,
    decimal Total,
    string TotalText,
    DateTimeOffset PlacedAt)
{
    public static OrderReport Of(OrderView order) => new(
        order.Id,
        order.Status.ToString().ToLowerInvariant(),
        order.CustomerId,
        order.ProductId,
        order.ProductName,
        order.Quantity,
        order.Priority,
        Money.Dollars(order.GoodsCents),
        Money.Dollars(order.ShippingCents),
        Money.Dollars(order.TotalCents),
        Money.Text(order.TotalCents),
        order.CreatedAt);
}
