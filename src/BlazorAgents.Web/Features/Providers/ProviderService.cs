using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Account;
using BlazorAgents.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>Keeps providers, for administrators. A key goes in and never comes out again; each change is told to the audit in its transaction.</summary>
public sealed partial class ProviderService(
    Database database, ProviderKeys keys, ProviderClients configured, AuditLog audit, TimeProvider clock, ILogger<ProviderService> logger)
{
    private const string KeyField = "key";

    /// <summary>All providers: the configured one first, then by name.</summary>
    public Task<IReadOnlyList<ProviderDetails>> ListAsync(ActingUser by, CancellationToken cancellationToken = default)
    {
        Demand(by);
        return database.ReadAsync<IReadOnlyList<ProviderDetails>>(async data =>
        {
            var tests = await data.ProviderTests.ToDictionaryAsync(test => test.ProviderId, cancellationToken);
            var rows = await data.Providers.OrderBy(provider => provider.NormalizedName).ToListAsync(cancellationToken);
            return [Configured(tests.GetValueOrDefault(ProviderDetails.ConfiguredId)), .. rows.Select(row => Show(row, tests.GetValueOrDefault(row.Id.ToString())))];
        }, cancellationToken);
    }

    /// <summary>One provider, or null when there is none with this id.</summary>
    public Task<ProviderDetails?> FindAsync(ActingUser by, string id, CancellationToken cancellationToken = default)
    {
        Demand(by);
        return database.ReadAsync(async data =>
        {
            var key = Guid.TryParse(id, out var parsed) ? parsed.ToString() : id;
            var test = await data.ProviderTests.SingleOrDefaultAsync(test => test.ProviderId == key, cancellationToken);
            return id == ProviderDetails.ConfiguredId ? Configured(test)
                : await data.Providers.SingleOrDefaultAsync(provider => provider.Id == parsed, cancellationToken) is { } row ? Show(row, test)
                : null;
        }, cancellationToken);
    }

    /// <summary>Adds a provider; it may be used at once.</summary>
    public Task<ProviderResult> AddAsync(ActingUser by, ProviderInput input, CancellationToken cancellationToken = default) =>
        SaveAsync(by, null, input, cancellationToken);

    /// <summary>Changes a provider; without a key in the form the stored one stays.</summary>
    public Task<ProviderResult> ChangeAsync(ActingUser by, string id, ProviderInput input, CancellationToken cancellationToken = default) =>
        SaveAsync(by, id, input, cancellationToken);

    /// <summary>Lets agents use a provider, or not. False when it does not exist any more.</summary>
    public Task<bool> EnableAsync(ActingUser by, string id, bool enable, CancellationToken cancellationToken = default) =>
        EditAsync(by, id, enable ? (AuditActions.ProviderEnabled, "Enabled") : (AuditActions.ProviderDisabled, "Disabled"), (_, row) =>
        {
            row.IsEnabled = enable;
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>Removes a provider with its key and test results. False when it does not exist any more.</summary>
    public Task<bool> DeleteAsync(ActingUser by, string id, CancellationToken cancellationToken = default) =>
        EditAsync(by, id, (AuditActions.ProviderDeleted, "Deleted"), async (data, row) =>
        {
            data.Remove(row);
            await data.ProviderTests.Where(test => test.ProviderId == row.Id.ToString()).ExecuteDeleteAsync(cancellationToken);
        }, cancellationToken);

    private async Task<ProviderResult> SaveAsync(ActingUser by, string? id, ProviderInput typed, CancellationToken cancellationToken)
    {
        Demand(by);
        var input = ProviderRules.Trim(typed);
        var what = "added";
        var result = await database.WriteAsync(async data =>
        {
            var row = Guid.TryParse(id, out var key) ? await data.Providers.SingleOrDefaultAsync(provider => provider.Id == key, cancellationToken) : null;
            if (id is not null && row is null)
            {
                return new ProviderResult(null, [new FieldError("", "This provider does not exist any more.")]);
            }

            if (row is not null && row.Version != input.Version)
            {
                return new ProviderResult(null, [new FieldError("", "Someone has changed this provider since you opened it. Open it again to see the change.")]);
            }

            List<FieldError> errors = [.. ProviderRules.Check(input, row)];
            if (errors.Count > 0)
            {
                return new ProviderResult(null, errors); // the name may be text that cannot be compared
            }

            var name = ProviderRules.Normalize(input.Name!);
            if (await data.Providers.AnyAsync(other => other.NormalizedName == name && other.Id != key, cancellationToken))
            {
                return new ProviderResult(null, [new FieldError(nameof(input.Name), "Another provider has this name.")]);
            }

            if (row is null)
            {
                row = New();
                data.Add(row);
            }

            var changed = id is null ? null : Changes(row, input).ToList();
            what = changed is null ? what : $"changed {string.Join(", ", changed)} of";
            var action = changed is null ? AuditActions.ProviderAdded : changed.Contains(KeyField) ? AuditActions.ProviderKeyChanged : AuditActions.ProviderChanged;
            Fill(row, input);
            await LogAsync(data, by, action, row, changed is null ? "Added" : "Changed", changed, cancellationToken);
            return new ProviderResult(row.Id.ToString(), []);
        }, cancellationToken);
        if (result.Id is not null)
        {
            LogChange(logger, by.Id, what, result.Id);
        }

        return result;
    }

    private Provider New() => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "",
        NormalizedName = "",
        Kind = "",
        Endpoint = "",
        ClientType = "",
        IsEnabled = true,
        CreatedAt = clock.GetUtcNow(),
    };

    private void Fill(Provider row, ProviderInput input)
    {
        row.Name = input.Name!;
        row.NormalizedName = ProviderRules.Normalize(row.Name);
        row.Kind = input.Kind!;
        row.Endpoint = ProviderRules.AddressOf(input);
        row.ChatModelId = input.ChatModelId;
        row.ResponsesModelId = input.ResponsesModelId;
        row.OrganizationId = input.OrganizationId;
        row.ClientType = input.ClientType!;
        row.Version++;
        row.ChangedAt = clock.GetUtcNow();
        if (input.Key is not null || input.RemoveKey)
        {
            row.ProtectedKey = input.Key is null ? null : keys.Protect(row.Id, input.Key);
            row.KeyEnding = ProviderSettings.EndingOf(input.Key);
        }
    }

    /// <summary>Which fields a change touches, in words and without their values.</summary>
    private static IEnumerable<string> Changes(Provider row, ProviderInput input)
    {
        (string Field, bool Changed)[] fields =
        [
            ("name", row.Name != input.Name),
            ("kind", row.Kind != input.Kind),
            ("address", row.Endpoint != ProviderRules.AddressOf(input)),
            (KeyField, input.Key is not null || (input.RemoveKey && row.ProtectedKey is not null)),
            ("models", row.ChatModelId != input.ChatModelId || row.ResponsesModelId != input.ResponsesModelId),
            ("organisation", row.OrganizationId != input.OrganizationId),
            ("client type", row.ClientType != input.ClientType),
        ];
        return fields.Where(field => field.Changed).Select(field => field.Field).DefaultIfEmpty("nothing");
    }

    private async Task<bool> EditAsync(
        ActingUser by, string id, (string Action, string Verb) what, Func<AppDbContext, Provider, Task> edit, CancellationToken cancellationToken)
    {
        Demand(by);
        var done = Guid.TryParse(id, out var key) && await database.WriteAsync(async data =>
        {
            if (await data.Providers.SingleOrDefaultAsync(provider => provider.Id == key, cancellationToken) is not { } row)
            {
                return false;
            }

            await edit(data, row);
            row.ChangedAt = clock.GetUtcNow();
            await LogAsync(data, by, what.Action, row, what.Verb, changed: null, cancellationToken);
            return true;
        }, cancellationToken);
        if (done)
        {
            LogChange(logger, by.Id, what.Verb.ToLowerInvariant(), key.ToString());
        }

        return done;
    }

    // Names of fields and the address, never a key or its ending.
    private Task LogAsync(
        AppDbContext data, ActingUser by, string action, Provider row, string verb, List<string>? changed, CancellationToken cancellationToken) =>
        audit.AppendAsync(
            data,
            new AuditEntry(by.ToActor(), action, "provider", row.Id.ToString(), $"{verb} the provider {row.Name}", new
            {
                name = row.Name,
                kind = row.Kind,
                address = new Uri(row.Endpoint).Authority,
                changed,
            }),
            cancellationToken);

    private ProviderDetails Configured(ProviderTest? test)
    {
        var (info, settings) = (configured.Info, configured.Settings);
        return new ProviderDetails(
            ProviderDetails.ConfiguredId, info.DisplayName, info.Kind, settings.ApiEndpoint,
            settings.ApiKey is null ? KeyState.None : KeyState.Set, ProviderSettings.EndingOf(settings.ApiKey),
            info.DefaultModelId, info.ResponsesModelId, settings.OrganizationId, ClientType.Chat, IsEnabled: true, Version: 0, ChangedAt: null,
            TestReport.Read(test, TestReport.MarkOf(settings)));
    }

    private ProviderDetails Show(Provider row, ProviderTest? test)
    {
        var key = row.ProtectedKey is null ? KeyState.None : keys.Unprotect(row.Id, row.ProtectedKey) is null ? KeyState.Unreadable : KeyState.Set;
        return new ProviderDetails(
            row.Id.ToString(), row.Name, Enum.Parse<ProviderKind>(row.Kind), new Uri(row.Endpoint), key, row.KeyEnding,
            row.ChatModelId ?? "", row.ResponsesModelId ?? row.ChatModelId ?? "", row.OrganizationId, Enum.Parse<ClientType>(row.ClientType),
            row.IsEnabled, row.Version, row.ChangedAt, TestReport.Read(test, TestReport.MarkOf(row)));
    }

    private static void Demand(ActingUser by)
    {
        if (!by.Is(Roles.Admin))
        {
            throw new UnauthorizedAccessException("Only administrators keep providers.");
        }
    }

    [LoggerMessage(LogLevel.Information, "{Administrator} {Change} provider {Provider}")]
    private static partial void LogChange(ILogger logger, string administrator, string change, string provider);
}
