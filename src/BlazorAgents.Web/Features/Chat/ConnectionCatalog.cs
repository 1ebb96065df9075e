using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Web.Features.Providers;
using BlazorAgents.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>What a signed-in person may connect a conversation to. Keys are not read here.</summary>
/// <exception cref="NotSignedInException">Nobody is signed in.</exception>
public sealed class ConnectionCatalog(Database database, ProviderClients configured, ModelCatalog models, CurrentUser user)
{
    /// <summary>The providers that are switched on: the configured one first, then by name.</summary>
    public async Task<IReadOnlyList<ProviderChoice>> ListAsync(CancellationToken cancellationToken = default)
    {
        await user.GetAsync();
        return await database.ReadAsync<IReadOnlyList<ProviderChoice>>(
            async data =>
            {
                var tests = await data.ProviderTests.ToDictionaryAsync(test => test.ProviderId, cancellationToken);
                var rows = await data.Providers.Where(provider => provider.IsEnabled).OrderBy(provider => provider.NormalizedName).ToListAsync(cancellationToken);
                return [Configured(tests.GetValueOrDefault(ProviderDetails.ConfiguredId)), .. rows.Select(row => Choice(row, tests.GetValueOrDefault(row.Id.ToString())))];
            },
            cancellationToken);
    }

    /// <summary>The name of a conversation's provider; null when it was removed.</summary>
    /// <param name="id">The stored provider's id; null for the configured one.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<string?> FindNameAsync(string? id, CancellationToken cancellationToken = default)
    {
        await user.GetAsync();
        return id is null or ProviderDetails.ConfiguredId ? configured.Info.DisplayName
            : Guid.TryParse(id, out var key)
                ? await database.ReadAsync(
                    data => data.Providers.Where(provider => provider.Id == key).Select(provider => provider.Name).SingleOrDefaultAsync(cancellationToken),
                    cancellationToken)
            : null;
    }

    /// <summary>Model ids to choose from at a provider, its usual ones first; others can be typed. May wait for the provider, and never fails.</summary>
    public async Task<IReadOnlyList<string>> GetModelIdsAsync(ProviderChoice provider, CancellationToken cancellationToken = default)
    {
        await user.GetAsync();
        string[] usual = [provider.ChatModelId, provider.ResponsesModelId];
        return [.. usual.Concat(provider.Id is null ? await models.GetModelIdsAsync(cancellationToken) : []).Where(id => id.Length > 0).Distinct()];
    }

    private ProviderChoice Configured(ProviderTest? test)
    {
        var info = configured.Info;
        return new ProviderChoice(
            null, info.DisplayName, info.Kind, ClientType.Chat, info.DefaultModelId, info.ResponsesModelId,
            TestReport.Read(test, TestReport.MarkOf(configured.Settings)));
    }

    private static ProviderChoice Choice(Provider row, ProviderTest? test) => new(
        row.Id.ToString(), row.Name, Enum.Parse<ProviderKind>(row.Kind), Enum.Parse<ClientType>(row.ClientType),
        row.ChatModelId ?? "", row.ResponsesModelId ?? row.ChatModelId ?? "", TestReport.Read(test, TestReport.MarkOf(row)));
}
