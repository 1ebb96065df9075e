using System.Globalization;
using System.Text.RegularExpressions;

namespace BlazorAgents.Web.Tests.Layout;

/// <summary>The colours, read from the style sheet: contrast as WCAG 2.2 computes it, in both themes.</summary>
public sealed partial class TokensTests
{
    private static readonly string s_css = File.ReadAllText(Repository.PathOf("wwwroot-assets/css/tokens.css"));

    [Theory]
    [InlineData("text-1", 7)]
    [InlineData("text-2", 4.5)]
    [InlineData("text-3", 4.5)]
    [InlineData("accent", 4.5)]
    [InlineData("success", 4.5)]
    [InlineData("warning", 4.5)]
    [InlineData("danger", 4.5)]
    [InlineData("border-strong", 3)]
    [InlineData("focus", 3)]
    public void Colour_OnEverySurface_HasItsContrast(string colour, double least)
    {
        foreach (var surface in new[] { "surface-1", "surface-2", "surface-3", "surface-raised" })
        {
            AssertContrast(colour, surface, least);
        }
    }

    [Theory]
    [InlineData("on-accent", "accent")]
    [InlineData("on-accent", "accent-strong")]
    [InlineData("on-danger", "danger")]
    [InlineData("accent-strong", "accent-soft")]
    [InlineData("success", "success-soft")]
    [InlineData("warning", "warning-soft")]
    [InlineData("danger", "danger-soft")]
    [InlineData("text-1", "warning-soft")]
    [InlineData("text-2", "accent-soft")]
    public void Colour_OnItsGround_CanBeRead(string colour, string ground) => AssertContrast(colour, ground, 4.5);

    [Fact]
    public void ChosenTheme_OverridesTheSystems()
    {
        Assert.Matches(@":root\[data-theme=""light""\]\s*{\s*color-scheme: light;", s_css);
        Assert.Matches(@":root\[data-theme=""dark""\]\s*{\s*color-scheme: dark;", s_css);
    }

    private static void AssertContrast(string colour, string ground, double least)
    {
        var (front, back) = (Pair(colour), Pair(ground));
        Assert.True(Contrast(front.Light, back.Light) >= least, $"{colour} on {ground}, light: {Contrast(front.Light, back.Light):0.00}");
        Assert.True(Contrast(front.Dark, back.Dark) >= least, $"{colour} on {ground}, dark: {Contrast(front.Dark, back.Dark):0.00}");
    }

    private static (string Light, string Dark) Pair(string token)
    {
        var match = TokenPair().Matches(s_css).First(match => match.Groups[1].Value == token);
        return (match.Groups[2].Value, match.Groups[3].Value);
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    [GeneratedRegex(@"--([\w-]+): light-dark\(#(\w{6}), #(\w{6})\)")]
    private static partial Regex TokenPair();
}
