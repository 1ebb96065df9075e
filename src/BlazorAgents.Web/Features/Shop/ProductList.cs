namespace BlazorAgents.Web.Features.Shop;

/// <summary>What a search found, best first.</summary>
internal sealed record ProductList(IReadOnlyList<ProductRow> Products);
