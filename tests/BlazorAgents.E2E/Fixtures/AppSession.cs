using System.Net;
using System.Text.RegularExpressions;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>A visitor without a browser: keeps cookies, follows no redirects, fills the static pages' forms.</summary>
public sealed partial class AppSession : IDisposable
{
    private readonly SocketsHttpHandler _handler;

    public AppSession(Uri baseUrl)
    {
        _handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies, UseProxy = false };
        Http = new HttpClient(_handler) { BaseAddress = baseUrl, Timeout = TimeSpan.FromSeconds(60) };
        Http.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
    }

    /// <summary>Sends with this visitor's cookies.</summary>
    public HttpClient Http { get; }

    /// <summary>The visitor's cookies.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>A signed-in visitor.</summary>
    public static async Task<AppSession> SignInAsync(Uri baseUrl, Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var session = new AppSession(baseUrl);
        using var response = await session.SubmitAsync("account/login", new() { ["Input.Email"] = person.Email, ["Input.Password"] = person.Password });
        return response.StatusCode == HttpStatusCode.Found
            ? session
            : throw new InvalidOperationException($"Signing in answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>Makes an account; this visitor must be an administrator.</summary>
    public async Task<Person> AddPersonAsync(string role)
    {
        var person = new Person($"{Guid.NewGuid():N}@example.com", "a password for a test");
        using var response = await SubmitAsync("people/new", new()
        {
            ["Input.Email"] = person.Email,
            ["Input.DisplayName"] = $"Test {role}",
            ["Input.Role"] = role,
            ["Input.Password"] = person.Password,
        });
        return response.StatusCode == HttpStatusCode.Found
            ? person
            : throw new InvalidOperationException($"The account was not made: {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>Gets a page.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Gets a page, takes its first form's hidden fields and posts them with the given ones.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, Dictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        foreach (var (name, value) in await ReadFormAsync(path))
        {
            fields.TryAdd(name, value);
        }

        return await PostAsync(path, fields);
    }

    /// <summary>The hidden fields of a page's first form.</summary>
    public async Task<Dictionary<string, string>> ReadFormAsync(string path)
    {
        using var page = await GetAsync(path);
        var html = await page.Content.ReadAsStringAsync();
        return HiddenField().Matches(Form().Match(html).Value)
            .ToDictionary(hidden => NameOf().Match(hidden.Value).Groups[1].Value, hidden => WebUtility.HtmlDecode(ValueOf().Match(hidden.Value).Groups[1].Value));
    }

    /// <summary>Posts a form as it is given.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await Http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex HiddenField();

    [GeneratedRegex(" name=\"([^\"]*)\"")]
    private static partial Regex NameOf();

    [GeneratedRegex(" value=\"([^\"]*)\"")]
    private static partial Regex ValueOf();
}
