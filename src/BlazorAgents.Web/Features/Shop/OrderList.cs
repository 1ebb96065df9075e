namespace BlazorAgents.Web.Features.Shop;

/// <summary>A customer's latest orders, newest first.</summary>
internal sealed record OrderList(string CustomerId, IReadOnlyList<OrderReport> Orders);
