using BlazorAgents.Data;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>An order with the name of its product.</summary>
public sealed record OrderView(
    long Number,
    string CustomerId,
    string ProductId,
    string ProductName,
    int Quantity,
    string Priority,
    long GoodsCents,
    long ShippingCents,
    OrderStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>The number as people see it.</summary>
    public string Id => OrderNumber.Text(Number);

    /// <summary>What the customer pays.</summary>
    public long TotalCents => GoodsCents + ShippingCents;
}
