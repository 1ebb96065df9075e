using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>A browser profile at the application, and whatever went wrong in its pages: console errors, exceptions, dialogs, failed or foreign requests.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly List<Regex> _allowed = [];

    private Visit(AppProcess app, IBrowserContext context) => (App, Context) = (app, context);

    /// <summary>The application.</summary>
    public AppProcess App { get; }

    /// <summary>The profile.</summary>
    public IBrowserContext Context { get; }

    /// <summary>What went wrong and was not allowed.</summary>
    public IEnumerable<string> Problems => _problems.Where(problem => !_allowed.Exists(allowed => allowed.IsMatch(problem)));

    /// <summary>The problems that the test expects, as a regular expression.</summary>
    public void Allow(string pattern) => _allowed.Add(new Regex(pattern));

    /// <summary>A new tab at an address of the application.</summary>
    public async Task<ChatTab> OpenAsync(string path = "/")
    {
        var page = await Context.NewPageAsync();
        await page.GotoAsync(path);
        return new ChatTab(page);
    }

    /// <summary>Runs a script in every page before its own.</summary>
    public Task PrepareAsync(string script) => Context.AddInitScriptAsync(script);

    /// <summary>A new tab on a fresh chat, ready to write.</summary>
    public async Task<ChatTab> OpenChatAsync(string path = "/")
    {
        var tab = await OpenAsync(path);
        await tab.WaitUntilReadyAsync();
        return tab;
    }

    public async ValueTask DisposeAsync() => await Context.CloseAsync();

    internal static async Task<Visit> StartAsync(AppProcess app, Person? person, BrowserNewContextOptions options)
    {
        options.BaseURL ??= app.BaseUrl.ToString();
        options.Locale ??= "en-US";
        options.ViewportSize ??= new() { Width = 1440, Height = 900 };
        var context = await (await SharedBrowser.GetAsync()).NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        var visit = new Visit(app, context);
        visit.Watch();
        if (person is not null)
        {
            using var session = await AppSession.SignInAsync(app.BaseUrl, person);
            await context.AddCookiesAsync(session.Cookies.GetCookies(app.BaseUrl).Select(CookieOf));
        }

        return visit;
    }

    internal async Task PhotographAsync(string test)
    {
        foreach (var (page, index) in Context.Pages.Select((page, index) => (page, index)))
        {
            var file = Path.Combine(AppContext.BaseDirectory, "TestResults", $"{test}-{Guid.NewGuid():N}-{index}.png");
            try
            {
                await page.ScreenshotAsync(new() { Path = file, Timeout = 5_000 });
            }
            catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
            {
                // a page that hangs has no picture
            }
        }
    }

    private void Watch()
    {
        Context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _problems.Enqueue($"console {message.Type}: {message.Text} ({message.Location})");
            }
        };
        Context.WebError += (_, error) => _problems.Enqueue($"exception: {error.Error}");
        Context.RequestFailed += (_, request) =>
        {
            if (request.Failure != "net::ERR_ABORTED") // what a page was still loading when it was reloaded or left
            {
                _problems.Enqueue($"request failed: {request.Method} {request.Url} {request.Failure}");
            }
        };
        Context.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                _problems.Enqueue($"status {response.Status}: {response.Url}");
            }
        };
        Context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(App.BaseUrl.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                _problems.Enqueue($"foreign request: {request.Url}");
            }
        };
        Context.Dialog += async (_, dialog) =>
        {
            _problems.Enqueue($"dialog: {dialog.Type} {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    private static Microsoft.Playwright.Cookie CookieOf(System.Net.Cookie cookie) => new()
    {
        Name = cookie.Name,
        Value = cookie.Value,
        Domain = cookie.Domain,
        Path = cookie.Path,
        HttpOnly = cookie.HttpOnly,
        Secure = cookie.Secure,
        SameSite = SameSiteAttribute.Lax,
    };
}
