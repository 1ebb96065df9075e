using BlazorAgents.Data;
using BlazorAgents.Web.Features.Account;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Features.Setup;

/// <summary>Brings an empty server to its first administrator, from the configuration or through the setup link.</summary>
public sealed partial class FirstAdministrator(
    Database database, AccountCreation accounts, SetupLink link, IOptions<SetupOptions> options, ILogger<FirstAdministrator> logger)
{
    /// <summary>Whether the server has no account at all.</summary>
    public async Task<bool> IsMissingAsync(CancellationToken cancellationToken) =>
        !await database.ReadAsync(data => data.Users.AnyAsync(cancellationToken), cancellationToken);

    /// <summary>Makes the roles, and the configured administrator if there are no accounts.</summary>
    /// <exception cref="SetupConfigurationException">The configuration is not valid; the message names the key.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await database.WriteAsync(data => AddRolesAsync(data, cancellationToken), cancellationToken);
        var (email, password) = (options.Value.AdminEmail, options.Value.AdminPassword);
        if ((string.IsNullOrEmpty(email) && string.IsNullOrEmpty(password)) || !await IsMissingAsync(cancellationToken))
        {
            return;
        }

        var name = email?.Split('@')[0];
        var result = await accounts.CreateAsync(new NewAccount(email, name, Roles.Admin, password), onlyAsFirst: true, cancellationToken: cancellationToken);
        if (!result.Succeeded)
        {
            var errors = result.Errors.Where(error => error.Field != nameof(NewAccount.DisplayName)).DefaultIfEmpty(result.Errors[0]);
            throw new SetupConfigurationException(string.Join(" ", errors.Select(error => $"{Key(error.Field)}: {error.Message}")));
        }

        LogCreated(logger);
    }

    /// <summary>Makes the administrator for whoever holds the link's token; null when the link does not work.</summary>
    public async Task<AccountResult?> CreateAsync(string? token, NewAccount account, CancellationToken cancellationToken)
    {
        if (!link.Accepts(token))
        {
            return null;
        }

        // Two at once: the transaction lets only one be the first.
        var result = await accounts.CreateAsync(account with { Role = Roles.Admin }, onlyAsFirst: true, cancellationToken: cancellationToken);
        if (result.Succeeded)
        {
            link.Close();
            LogCreated(logger);
        }

        return result;
    }

    private static string Key(string field) => field == nameof(NewAccount.Password) ? "Setup:AdminPassword" : "Setup:AdminEmail";

    private static async Task AddRolesAsync(AppDbContext data, CancellationToken cancellationToken)
    {
        var existing = await data.Roles.Select(role => role.Name).ToListAsync(cancellationToken);
        data.Roles.AddRange(Roles.All.Except(existing).Select(name => new IdentityRole(name!) { NormalizedName = name!.ToUpperInvariant() }));
    }

    [LoggerMessage(LogLevel.Information, "The first administrator was made")]
    private static partial void LogCreated(ILogger logger);
}
