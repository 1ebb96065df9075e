namespace BlazorAgents.E2E.Fixtures;

/// <summary>Where the build put the application that the tests start.</summary>
internal static class PublishedApp
{
    /// <summary>The published folder, beside the tests.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "app");

    /// <summary>The program; run it with <c>dotnet</c>.</summary>
    public static string Program { get; } = Path.Combine(Folder, "BlazorAgents.Web.dll");
}
