namespace BlazorAgents.Web.Features.Shop;

/// <summary>What somebody wants to order; checked by the service.</summary>
public sealed record OrderInput(string? CustomerId, string? ProductId, int Quantity, OrderPriority Priority = OrderPriority.Normal);
