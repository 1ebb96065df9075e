using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features;
using BlazorAgents.Web.Features.Account;
using BlazorAgents.Web.Features.Approvals.Console;
using BlazorAgents.Web.Features.Audit;
using BlazorAgents.Web.Features.Chat;
using BlazorAgents.Web.Features.Providers;
using BlazorAgents.Web.Features.Shop;
using BlazorAgents.Web.Health;
using BlazorAgents.Web.Layout;
using BlazorAgents.Web.Markdown;
using BlazorAgents.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Hosting;

/// <summary>The composition root: every part of the application, once, in order.</summary>
internal static class WebApplicationExtensions
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Registers everything.</summary>
    public static void AddBlazorAgents(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (string.IsNullOrEmpty(configuration["urls"]) && string.IsNullOrEmpty(configuration["http_ports"]) && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        // Lets a build that was not published find its static files in every environment; published, it changes nothing.
        builder.WebHost.UseStaticWebAssets();

        var folder = DataFolder.Create(builder);
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddData(folder, DataFolder.Options(configuration));
        services.AddModelProvider(configuration);
        services.AddBuiltInAgents(configuration);
        services.AddRuns(configuration);
        services.AddAccounts(configuration, folder);
        services.AddProviders();
        services.AddWebSecurity(configuration);
        services.AddHealth(provider => provider.GetRequiredService<AppInfo>().ProviderName);
        services.AddShell();
        services.AddMarkdown();
        services.AddChat();
        services.AddCircuits();

        // The engine's drain and the web server's own end both fit into it.
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
    }

    /// <summary>Checks and migrates the database, fills a new shop, makes the first administrator when the configuration names one; starts the offline model.</summary>
    public static async Task PrepareBlazorAgentsAsync(this WebApplication app)
    {
        var contexts = app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>();
        await DatabaseStartup.PrepareAsync(contexts, DataFolder.DatabaseFile(app), CancellationToken.None);
        await app.Services.GetRequiredService<ShopSeeder>().SeedAsync();
        await app.PrepareAccountsAsync();
        await app.Services.GetRequiredService<OfflineProvider>().StartAsync();
    }

    /// <summary>Orders the middleware and maps the endpoints.</summary>
    public static void MapBlazorAgents(this WebApplication app)
    {
        app.UseWebSecurity();
        app.MapStaticAssets().AllowAnonymous();
        app.MapErrorPage();
        app.MapHealth();
        app.MapAccounts();
        app.MapAudit();
        app.MapApprovals();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(WebSecurityExtensions.ConfigureCircuitEndpoint);
    }
}
