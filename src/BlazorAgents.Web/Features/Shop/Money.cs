using System.Globalization;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>Cents as people and models see them. The shop sells in US dollars.</summary>
internal static class Money
{
    private const decimal CentsInDollar = 100m;

    public static decimal Dollars(long cents) => cents / CentsInDollar;

    /// <summary>Like <c>1,999.98 $</c>.</summary>
    public static string Text(long cents) => string.Create(CultureInfo.InvariantCulture, $"{Dollars(cents):N2} $");
}
