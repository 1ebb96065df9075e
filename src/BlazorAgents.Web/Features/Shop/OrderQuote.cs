using BlazorAgents.Data;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>What an order would be now; nothing is reserved.</summary>
/// <param name="Customer">Who would pay.</param>
/// <param name="Product">As it is in stock now.</param>
/// <param name="Quantity">How many.</param>
/// <param name="GoodsCents">Without shipping.</param>
/// <param name="ShippingCents">In cents.</param>
public sealed record OrderQuote(Customer Customer, Product Product, int Quantity, long GoodsCents, long ShippingCents)
{
    /// <summary>What the customer would pay.</summary>
    public long TotalCents => GoodsCents + ShippingCents;
}
