using System.Collections.Concurrent;
using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>
/// Gives the clients of every provider. Each stored one has a connection and a circuit of its own, made when it is first needed and anew
/// after a change, in whichever process the change was made.
/// </summary>
public sealed class ProviderRegistry(Database database, ProviderKeys keys, ProviderClients configured)
{
    private readonly ConcurrentDictionary<Guid, (int Version, ProviderClients Clients)> _open = new();

    /// <summary>The clients of a provider that agents may use.</summary>
    /// <param name="id">A stored provider's id; null or "configured" for the provider of the configuration.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="AgentException">The provider is deleted, switched off, or its key cannot be read; the text says so.</exception>
    public async ValueTask<ProviderClients> GetAsync(string? id, CancellationToken cancellationToken = default) =>
        await FindAsync(id, evenIfDisabled: false, cancellationToken);

    internal async ValueTask<ProviderClients> FindAsync(string? id, bool evenIfDisabled, CancellationToken cancellationToken)
    {
        if (id is null or ProviderDetails.ConfiguredId)
        {
            return configured;
        }

        var row = Guid.TryParse(id, out var key)
            ? await database.ReadAsync(data => data.Providers.SingleOrDefaultAsync(provider => provider.Id == key, cancellationToken), cancellationToken)
            : null;
        if (row is null)
        {
            _open.TryRemove(key, out _);
            throw Refuse("The provider of this agent was removed. Choose another provider for the agent.");
        }

        return row.IsEnabled || evenIfDisabled
            ? Open(row)
            : throw Refuse($"The provider {row.Name} is switched off. An administrator can switch it on, or choose another one for the agent.");
    }

    /// <summary>The settings that a stored provider's connection is made of.</summary>
    /// <exception cref="AgentException">The key cannot be read.</exception>
    private ProviderSettings Read(Provider row) => new()
    {
        Kind = Enum.Parse<ProviderKind>(row.Kind),
        Endpoint = new Uri(row.Endpoint),
        Name = row.Name,
        ApiKey = row.ProtectedKey is null ? null : keys.Unprotect(row.Id, row.ProtectedKey) ?? throw new AgentException(
            AgentErrorKind.Authentication,
            $"The key of {row.Name} cannot be read any more, because the server's own keys were lost or replaced. An administrator must enter the key again."),
        ChatModelId = row.ChatModelId,
        ResponsesModelId = row.ResponsesModelId,
        OrganizationId = row.OrganizationId,
    };

    private ProviderClients Open(Provider row)
    {
        if (_open.TryGetValue(row.Id, out var open) && open.Version == row.Version)
        {
            return open.Clients;
        }

        var made = (row.Version, configured.For(Read(row)));
        return _open.AddOrUpdate(row.Id, made, (_, other) => other.Version >= row.Version ? other : made).Item2;
    }

    private static AgentException Refuse(string message) => new(AgentErrorKind.Unavailable, message) { IsRetryPointless = true };
}
