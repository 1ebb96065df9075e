using System.Runtime.CompilerServices;
using BlazorAgents.Data;
using BlazorAgents.OpenAI.Probe;
using BlazorAgents.Runs;
using BlazorAgents.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>Tests providers, for administrators, and stores what was found.</summary>
public sealed partial class ProviderTester(Database database, ProviderRegistry registry, AuditLog audit, TimeProvider clock, ILogger<ProviderTester> logger)
{
    /// <summary>
    /// Tests what a provider can do, with small real calls, also one that is disabled. Gives the results as they come and stores them
    /// when all are there.
    /// </summary>
    /// <exception cref="Agents.AgentException">The provider is deleted or its key cannot be read.</exception>
    public async IAsyncEnumerable<CapabilityResult> TestAsync(
        ActingUser by, string id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!by.Is(Roles.Admin))
        {
            throw new UnauthorizedAccessException("Only administrators test providers.");
        }

        var key = Guid.TryParse(id, out var stored) ? stored.ToString() : ProviderDetails.ConfiguredId;
        var clients = await registry.FindAsync(key, evenIfDisabled: true, cancellationToken);
        var mark = await MarkAsync(key, clients.Settings, cancellationToken);
        await audit.AppendAsync(
            new AuditEntry(by.ToActor(), AuditActions.ProviderTested, "provider", key, $"Tested the provider {clients.Info.DisplayName}"), cancellationToken);
        LogTest(logger, by.Id, key);
        var results = new List<CapabilityResult>();
        await foreach (var result in new ProviderProbe(clients, clock).RunAsync(cancellationToken))
        {
            results.Add(result);
            yield return result;
        }

        await StoreAsync(key, mark, results, cancellationToken);
    }

    private async Task<string> MarkAsync(string key, OpenAI.Providers.ProviderSettings settings, CancellationToken cancellationToken) =>
        Guid.TryParse(key, out var id)
        && await database.ReadAsync(data => data.Providers.SingleOrDefaultAsync(provider => provider.Id == id, cancellationToken), cancellationToken) is { } row
            ? TestReport.MarkOf(row)
            : TestReport.MarkOf(settings);

    private Task StoreAsync(string key, string mark, List<CapabilityResult> results, CancellationToken cancellationToken) => database.WriteAsync(async data =>
    {
        if (Guid.TryParse(key, out var id) && !await data.Providers.AnyAsync(provider => provider.Id == id, cancellationToken))
        {
            return; // deleted meanwhile
        }

        if (await data.ProviderTests.SingleOrDefaultAsync(test => test.ProviderId == key, cancellationToken) is not { } test)
        {
            test = new ProviderTest { ProviderId = key, SettingsMark = "", Results = "" };
            data.Add(test);
        }

        (test.SettingsMark, test.Results, test.TestedAt) = (mark, TestReport.Write(results), clock.GetUtcNow());
    }, cancellationToken);

    [LoggerMessage(LogLevel.Information, "{Administrator} tested provider {Provider}")]
    private static partial void LogTest(ILogger logger, string administrator, string provider);
}
