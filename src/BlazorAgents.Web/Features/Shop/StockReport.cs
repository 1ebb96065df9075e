namespace BlazorAgents.Web.Features.Shop;

/// <summary>How much of a product is there.</summary>
/// <param name="ProductId">Its id.</param>
/// <param name="Product">Its name.</param>
/// <param name="Stock">Units.</param>
/// <param name="Availability">in stock, limited stock or out of stock.</param>
internal sealed record StockReport(string ProductId, string Product, int Stock, string Availability)
{
    private const int Plenty = 10;

    public static StockReport Of(string productId, string name, int stock) =>
        new(productId, name, stock, stock > Plenty ? "in stock" : stock > 0 ? "limited stock" : "out of stock");
}
