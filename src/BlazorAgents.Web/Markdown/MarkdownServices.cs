namespace BlazorAgents.Web.Markdown;

/// <summary>Registers the rendering door.</summary>
public static class MarkdownServices
{
    /// <summary>Adds <see cref="MarkdownRenderer"/>.</summary>
    public static IServiceCollection AddMarkdown(this IServiceCollection services) => services.AddSingleton<MarkdownRenderer>();
}
