using System.Text;
using System.Text.Json;
using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;

namespace BlazorAgents.E2E.Security;

public sealed class SecretTests : BrowserTest
{
    [Fact]
    [Trait("Id", "SEC-27")]
    public async Task The_providers_key_is_found_nowhere_even_when_the_provider_repeats_it()
    {
        var key = $"sk-canary-{Guid.NewGuid():N}";
        await using var provider = await ProviderFixture.StartAsync();
        var settings = provider.Settings(key);
        settings["Logging__LogLevel__Default"] = "Debug";
        await using var app = await AppProcess.StartAsync(settings);
        provider.Answer("one", ScriptedReply.Error(401, $"Incorrect API key provided: {key}. You can find your API key at the dashboard.", "invalid_api_key"));
        provider.Answer("two", ScriptedReply.Error(500, $"Bearer {key} failed"));
        provider.Answer("three", ScriptedReply.Stream().Text("Half").ErrorEvent($"The key {key} expired."));
        provider.Answer("four", ScriptedReply.Answer("Fine."));
        var visit = await VisitAsync(app, Person.Admin);
        var tab = await visit.OpenChatAsync();

        await tab.AskAsync("one", "Failed");
        await tab.AskAsync("two", "Failed");
        await tab.AskAsync("three", "Interrupted");
        await tab.AskAsync("four");

        Assert.Contains(key, provider.RequestsFor("four")[0].Headers["Authorization"], StringComparison.Ordinal);
        Assert.DoesNotContain(key, await tab.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, await tab.Page.EvaluateAsync<string>("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"), StringComparison.Ordinal);
        Assert.DoesNotContain(key, JsonSerializer.Serialize(await visit.Context.CookiesAsync()), StringComparison.Ordinal);
        Assert.DoesNotContain(key, await PagesAsync(app), StringComparison.Ordinal);
        await app.TerminateAsync();
        Assert.DoesNotContain(key, app.AllOutput, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(app.DataFolder, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(key)));
        }

        visit.Allow("ERR_CONNECTION|WebSocket|connection|Failed to");
    }

    private static async Task<string> PagesAsync(AppProcess app)
    {
        using var session = await AppSession.SignInAsync(app.BaseUrl, Person.Admin);
        var pages = new StringBuilder();
        foreach (var path in new[] { "/", "/people", "/error", "/health/ready", "/health/live", "/no/such/page" })
        {
            using var response = await session.GetAsync(path);
            pages.Append(response.Headers).Append(await response.Content.ReadAsStringAsync());
        }

        return pages.ToString();
    }
}
