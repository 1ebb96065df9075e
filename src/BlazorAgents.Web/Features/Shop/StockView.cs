namespace BlazorAgents.Web.Features.Shop;

/// <summary>What is in stock after a change.</summary>
public sealed record StockView(string ProductId, string ProductName, int Stock);
