using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace BlazorAgents.Web.Tests.Markdown;

/// <summary>Raw-HTML APIs occur in the rendering door and nowhere else.</summary>
public sealed partial class RawHtmlApiTests
{
    private static readonly string[] s_allowed = ["src/BlazorAgents.Web/Markdown/MarkdownBlock.razor"];
    private static readonly string[] s_sources = [".cs", ".razor", ".cshtml", ".js", ".mjs", ".ts", ".html"];

    [Fact]
    [Trait("Id", "SEC-06")]
    public void Sources_RawHtmlApis_OccurOnlyInTheAllowedFile()
    {
        var root = Root();
        var hits = new[] { "src", "wwwroot-assets" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Where(file => s_sources.Contains(Path.GetExtension(file)))
            .Select(file => (Name: Path.GetRelativePath(root, file).Replace('\\', '/'), file))
            .Where(entry => !Generated().IsMatch(entry.Name) && RawHtml().IsMatch(File.ReadAllText(entry.file)))
            .Select(entry => entry.Name);
        Assert.Equal(s_allowed, hits);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    [GeneratedRegex("""MarkupString|AddMarkupContent|innerHTML|insertAdjacentHTML|\beval\(|new Function\(|srcdoc|document\.write|outerHTML|createContextualFragment|DOMParser""")]
    private static partial Regex RawHtml();

    [GeneratedRegex("(^|/)(bin|obj)/|^src/BlazorAgents.Web/wwwroot/")]
    private static partial Regex Generated();
}
