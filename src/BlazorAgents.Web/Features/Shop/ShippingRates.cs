using BlazorAgents.Data;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>What sending goods costs: a base price, more for heavy parcels and for other countries, nothing for premium customers.</summary>
internal static class ShippingRates
{
    private const string Home = "US";
    private const long BaseCents = 599;
    private const long AbroadCents = 900;
    private const long CentsForKilogram = 150;
    private const long IncludedGrams = 2_000;
    private const long GramsInKilogram = 1_000;

    public static long Cents(Customer customer, Product product, int quantity)
    {
        if (customer.IsPremium)
        {
            return 0;
        }

        var extra = Math.Max(0, ((long)product.WeightGrams * quantity) - IncludedGrams);
        var started = (extra + GramsInKilogram - 1) / GramsInKilogram;
        return BaseCents + (started * CentsForKilogram) + (customer.Country == Home ? 0 : AbroadCents);
    }
}
