using System.Globalization;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>The number of an order as people write it: <c>ORD0001</c>.</summary>
internal static class OrderNumber
{
    private const string Prefix = "ORD";
    private const int MostDigits = 18;

    public static string Text(long number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D4}");

    /// <summary>Reads <c>ORD0001</c>, in any case, with or without the letters.</summary>
    public static bool TryParse(string? text, out long number)
    {
        var digits = (text ?? "").AsSpan().Trim();
        if (digits.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            digits = digits[Prefix.Length..].TrimStart("-# ");
        }

        number = 0;
        return digits.Length is > 0 and <= MostDigits && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
    }
}
