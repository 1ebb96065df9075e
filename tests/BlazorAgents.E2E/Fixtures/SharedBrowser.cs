using Microsoft.Playwright;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>One Chromium for the whole assembly; every visit gets a context of its own. It ends with the test process.</summary>
internal static class SharedBrowser
{
    // Nothing but loopback resolves: a page that asks for any other host fails, and the test sees it.
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", "--host-resolver-rules=MAP *.test 127.0.0.1,MAP * ~NOTFOUND,EXCLUDE 127.0.0.1,EXCLUDE localhost",
    ];

    private static readonly Lazy<Task<IBrowser>> s_browser = new(LaunchAsync);

    public static Task<IBrowser> GetAsync() => s_browser.Value;

    private static async Task<IBrowser> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        playwright.Selectors.SetTestIdAttribute("data-testid");
        Assertions.SetDefaultExpectTimeout(30_000);
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable(), Args = s_arguments, ChromiumSandbox = false });
    }

    /// <summary>The machine's Chromium; null for Playwright's own, which is fetched when the machine has none.</summary>
    private static string? Executable()
    {
        var installed = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        return installed is not null || Microsoft.Playwright.Program.Main(["install", "chromium"]) == 0
            ? installed
            : throw new InvalidOperationException("These tests need Chromium, and it could not be fetched. Install it (Debian: apt-get install chromium).");
    }
}
