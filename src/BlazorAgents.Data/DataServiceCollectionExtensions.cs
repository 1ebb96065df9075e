using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlazorAgents.Data;

/// <summary>Registers the database.</summary>
public static class DataServiceCollectionExtensions
{
    /// <summary>The database file's name inside the data folder.</summary>
    public const string FileName = "blazoragents.db";

    /// <summary>Registers <see cref="Database"/> and the context for the SQLite file in <paramref name="folder"/>.</summary>
    public static IServiceCollection AddData(this IServiceCollection services, string folder, DataOptions options)
    {
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, FileName),
            DefaultTimeout = options.LockTimeoutSeconds,
        }.ToString();

        services.AddPooledDbContextFactory<AppDbContext>(builder => builder
            .UseSqlite(connection)
            .AddInterceptors(new SqliteSettingsInterceptor()));
        services.TryAddScoped(provider => provider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext()); // for Identity
        return services.AddSingleton<Database>();
    }
}
