using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Features.Account;
using BlazorAgents.Web.Features.Approvals.Console;
using BlazorAgents.Web.Features.Audit;
using BlazorAgents.Web.Features.Setup;
using BlazorAgents.Web.Health;
using BlazorAgents.Web.Security;
using BlazorAgents.Web.Tests.Chat;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Web.Tests.Account;

/// <summary>A real server on a free port with its own database, made of the extension methods that the product calls.</summary>
public sealed class AccountHost : IAsyncDisposable
{
    public const string AdminEmail = "ada@example.org";
    public const string Password = "correct horse battery";

    private readonly WebApplication _app;
    private readonly string _folder;

    private AccountHost(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
    }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public CapturedLog Log => _app.Services.GetRequiredService<CapturedLog>();

    /// <summary>Starts a server whose first administrator is <see cref="AdminEmail"/>.</summary>
    public static Task<AccountHost> StartWithAdminAsync(params (string Key, string Value)[] settings) =>
        StartAsync([("Setup:AdminEmail", AdminEmail), ("Setup:AdminPassword", Password), .. settings]);

    /// <summary>Starts a server; a setting given twice has its last value.</summary>
    public static async Task<AccountHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("accounts-").FullName;
        var app = await BuildAsync(folder, settings);
        try
        {
            await app.PrepareAccountsAsync();
            await app.StartAsync();
            return new AccountHost(app, folder);
        }
        catch
        {
            await app.DisposeAsync();
            await TestFolder.DeleteAsync(folder);
            throw;
        }
    }

    /// <summary>A browser without cookies that stops at redirects.</summary>
    public Browser Open() => new(Address);

    /// <summary>A browser in which a person is signed in.</summary>
    public async Task<Browser> SignInAsync(string email = AdminEmail, string password = Password)
    {
        var browser = Open();
        using var response = await browser.SignInAsync(email, password);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, response.StatusCode);
        return browser;
    }

    /// <summary>Adds an account and returns its id.</summary>
    public async Task<string> AddAsync(string email, string role, string password = Password)
    {
        await using var scope = Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountCreation>();
        var result = await accounts.CreateAsync(new NewAccount(email, email.Split('@')[0], role, password), onlyAsFirst: false);
        Assert.Empty(result.Errors);
        return result.User!.Id;
    }

    /// <summary>Runs <paramref name="use"/> with a service of a scope of its own.</summary>
    public async Task<TResult> UseAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await TestFolder.DeleteAsync(_folder);
    }

    private static async Task<WebApplication> BuildAsync(string folder, (string Key, string Value)[] settings)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "wwwroot"));
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "static.txt"), "static");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder, WebRootPath = root.FullName });
        builder.Configuration.AddInMemoryCollection(
            settings.GroupBy(setting => setting.Key).Select(group => KeyValuePair.Create<string, string?>(group.Key, group.Last().Value)));
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var log = new CapturedLog();
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(log);
        builder.Services.AddRouting();
        builder.Services.AddData(folder, new DataOptions());
        builder.Services.AddSingleton<IModelConnections>(new FixedModelConnections(() => new ScriptedChatClient()));
        builder.Services.AddSingleton(ChatHost.Agent("first"));
        builder.Services.AddRuns(builder.Configuration);
        builder.Services.AddAccounts(builder.Configuration, folder);
        builder.Services.AddWebSecurity(builder.Configuration);
        builder.Services.AddHealth(_ => "offline");
        builder.Services.AddScoped<UserClock>();
        // Every request is checked against the account, and circuits often, so that no test has to wait.
        builder.Services.Configure<AccountOptions>(options => options.RevalidationInterval = TimeSpan.FromMilliseconds(50));
        builder.Services.PostConfigure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();

        var app = builder.Build();
        await DatabaseStartup.PrepareAsync(
            app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>(), Path.Combine(folder, DataServiceCollectionExtensions.FileName), default);
        app.UseWebSecurity();
        app.UseStaticFiles();
        app.MapErrorPage().MapAccounts().MapAudit().MapApprovals().MapHealth();
        app.MapGet("/test/who", async (CurrentUser current) => Results.Json(await current.GetAsync()));
        app.MapGet("/test/user", () => "user").RequireAuthorization(Policies.User);
        app.MapGet("/test/approver", () => "approver").RequireAuthorization(Policies.Approver);
        app.MapGet("/test/admin", () => "admin").RequireAuthorization(Policies.Admin);
        app.MapGet("/test/throws", string () => throw new InvalidOperationException("the secret detail")).AllowAnonymous();
        app.MapPost("/test/post", () => "posted").AllowAnonymous();
        app.MapGet("/test/file", (HttpContext context) =>
        {
            context.UseContentSecurityPolicy(ContentSecurityPolicy.Sandbox);
            return Results.Text("file");
        }).AllowAnonymous();
        app.MapRazorComponents<AccountTestApp>()
            .AddInteractiveServerRenderMode(WebSecurityExtensions.ConfigureCircuitEndpoint)
            .AddAdditionalAssemblies(typeof(LoginPage).Assembly);
        return app;
    }
}
