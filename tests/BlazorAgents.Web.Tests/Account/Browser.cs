using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace BlazorAgents.Web.Tests.Account;

/// <summary>Does over HTTP what a browser does with pages and forms; redirects are left to the test.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _client;

    public Browser(Uri address)
    {
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> GetAsync(string url) => _client.GetAsync(new Uri(url, UriKind.Relative));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request);

    /// <summary>The page at <paramref name="url"/>, whatever its status.</summary>
    public async Task<IHtmlDocument> ReadAsync(string url)
    {
        using var response = await GetAsync(url);
        return await ParseAsync(response);
    }

    public static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());

    public Task<HttpResponseMessage> SignInAsync(string email, string password, string? returnUrl = null) =>
        SubmitAsync(
            "/account/login" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)),
            "sign-in",
            ("Input.Email", email),
            ("Input.Password", password));

    /// <summary>Opens the page and sends its form <paramref name="handler"/> with <paramref name="fields"/> filled in.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string url, string handler, params (string Name, string Value)[] fields)
    {
        var page = await ReadAsync(url);
        var form = page.QuerySelectorAll("form").SingleOrDefault(form => form.QuerySelector($"input[name=_handler][value={handler}]") is not null);
        Assert.True(form is not null, $"{url} has no form {handler}: {page.Body?.TextContent}");
        return await PostAsync(url, Filled(form, fields));
    }

    public async Task<HttpResponseMessage> PostAsync(string url, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await _client.PostAsync(new Uri(url, UriKind.Relative), content);
    }

    public void Dispose() => _client.Dispose();

    private static Dictionary<string, string> Filled(IElement form, (string Name, string Value)[] fields)
    {
        var values = form.QuerySelectorAll<IHtmlInputElement>("input")
            .Where(input => input.Type != "checkbox" && !string.IsNullOrEmpty(input.Name))
            .ToDictionary(input => input.Name!, input => input.Value);
        foreach (var select in form.QuerySelectorAll<IHtmlSelectElement>("select"))
        {
            values[select.Name!] = select.Value ?? "";
        }

        foreach (var (name, value) in fields)
        {
            Assert.True(form.QuerySelector($"[name='{name}']") is not null, $"The form has no field {name}.");
            values[name] = value;
        }

        return values;
    }
}
