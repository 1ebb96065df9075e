using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BlazorAgents.Web.Features.Setup;

/// <summary>Prints the setup link once the server listens, if there are no accounts.</summary>
/// <remarks>To the console and not to the log: logs are kept and collected.</remarks>
internal sealed class SetupLinkAnnouncer(SetupLink link, IServer server, IServiceScopeFactory scopes) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().IsMissingAsync(cancellationToken))
        {
            var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            await Console.Out.WriteLineAsync(Text(addresses, link.Open()).AsMemory(), cancellationToken);
        }
    }

    /// <summary>One line for each address the server listens on.</summary>
    internal static string Text(IEnumerable<string> addresses, string token) =>
        string.Join(Environment.NewLine, addresses.Select(address => $"Setup link (works once): {Reachable(address)}/setup?token={token}"));

    // "Any address" is one to listen on, not one to open.
    private static string Reachable(string address) =>
        address.Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal)
            .TrimEnd('/');

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
