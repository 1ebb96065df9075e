namespace BlazorAgents.Web.Features.Shop;

/// <summary>What sending a product to a customer costs, in dollars.</summary>
internal sealed record ShippingCost(string CustomerId, string ProductId, int Quantity, decimal Shipping, string ShippingText);
