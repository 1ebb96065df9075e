using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BlazorAgents.Web.Tests.Components;

public sealed partial class IconTests
{
    [Fact]
    public void Icons_NamedInMarkup_AreInTheSprite()
    {
        var sprite = XDocument.Load(Repository.PathOf("wwwroot-assets/icons/sprite.svg")).Root!
            .Elements().Select(symbol => symbol.Attribute("id")!.Value).ToHashSet();
        var used = Directory.EnumerateFiles(Repository.PathOf("src/BlazorAgents.Web"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => IconName().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();

        Assert.NotEmpty(used);
        Assert.Empty(used.Except(sprite));
    }

    [GeneratedRegex("(?:Icons\\.Of\\(Assets, |\\sIcon=)\"([a-z-]+)\"")]
    private static partial Regex IconName();
}
