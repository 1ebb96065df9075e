using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
            ForeignKeys = true,
            DefaultTimeout = options.LockTimeoutSeconds,
        }.ToString();

        services.AddDbContextFactory<AppDbContext>(builder => builder
            .UseSqlite(connection)
            .AddInterceptors(new SqliteSettingsInterceptor()));
        return services.AddSingleton<Database>();
    }
}
