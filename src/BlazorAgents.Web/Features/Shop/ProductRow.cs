using BlazorAgents.Data;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>A product in a search result. Price in dollars.</summary>
internal sealed record ProductRow(string Id, string Name, string Category, decimal Price, string PriceText, bool InStock, string Description)
{
    public static ProductRow Of(Product product) => new(
        product.Id, product.Name, product.Category, Money.Dollars(product.PriceCents), Money.Text(product.PriceCents), product.Stock > 0, product.Description);
}
