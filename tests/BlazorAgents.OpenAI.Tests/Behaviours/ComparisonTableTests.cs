namespace BlazorAgents.OpenAI.Tests.Behaviours;

public sealed class ComparisonTableTests
{
    private const string Begin = "<!-- client-types -->";
    private const string End = "<!-- /client-types -->";

    [Fact]
    public async Task Readme_TableOfClientTypes_IsWhatTheBehavioursShowed()
    {
        var expected = await ComparisonTable.WriteAsync();
        var readme = (await File.ReadAllTextAsync(FindReadme())).ReplaceLineEndings("\n");
        var (begin, end) = (readme.IndexOf(Begin, StringComparison.Ordinal), readme.IndexOf(End, StringComparison.Ordinal));

        Assert.True(begin >= 0 && end > begin, $"README.md needs the lines {Begin} and {End}.");
        Assert.True(
            readme[(begin + Begin.Length)..end].Trim() == expected.Trim(),
            $"The table between {Begin} and {End} in README.md must be:\n\n{expected}");
    }

    private static string FindReadme()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BlazorAgents.sln")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "README.md");
    }
}
