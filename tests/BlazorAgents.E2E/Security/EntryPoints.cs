using BlazorAgents.E2E.Fixtures;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.E2E.Security;

/// <summary>Every address that the application answers, asked of the application itself.</summary>
internal static class EntryPoints
{
    /// <summary>"METHOD /pattern", without the static files, which are public and named by the build.</summary>
    public static IReadOnlyList<string> List()
    {
        using var folder = new TempFolder();
        using var factory = new WebApplicationFactory<Web.App>().WithWebHostBuilder(host => host
            .UseContentRoot(PublishedApp.Folder)
            .UseSetting("Data:Folder", folder.Path)
            .UseSetting("Setup:AdminEmail", AppProcess.AdminEmail)
            .UseSetting("Setup:AdminPassword", AppProcess.AdminPassword)
            .UseSetting("Logging:LogLevel:Default", "None")
            .UseEnvironment("Production"));
        using var client = factory.CreateClient();
        return
        [
            .. factory.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => !endpoint.Metadata.Any(item => item.GetType().Name.StartsWith("StaticAsset", StringComparison.Ordinal)))
                .Select(endpoint => $"{string.Join(',', Methods(endpoint))} /{endpoint.RoutePattern.RawText?.Trim('/')}")
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? [.. methods.Order(StringComparer.Ordinal)] : ["ANY"];
}
