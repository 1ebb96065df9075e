using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Data.Tests;

/// <summary>A data folder of the test's own with the services that a server has for it.</summary>
internal sealed class DataFolder : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public DataFolder(string? subfolder = null)
    {
        Root = Directory.CreateTempSubdirectory("data-tests-").FullName;
        File = Path.Combine(Root, subfolder ?? "", DataServiceCollectionExtensions.FileName);
        _services = new ServiceCollection()
            .AddData(Path.GetDirectoryName(File)!, new DataOptions { LockTimeoutSeconds = 1 })
            .BuildServiceProvider();
    }

    public string Root { get; }

    public string File { get; }

    public Database Database => _services.GetRequiredService<Database>();

    public IDbContextFactory<AppDbContext> Contexts => _services.GetRequiredService<IDbContextFactory<AppDbContext>>();

    public static async Task<DataFolder> PreparedAsync()
    {
        var folder = new DataFolder();
        await folder.PrepareAsync();
        await folder.Database.WriteAsync(context => Task.FromResult(context.Users.Add(new AppUser { Id = "user", UserName = "user" })));
        return folder;
    }

    public Task PrepareAsync() => DatabaseStartup.PrepareAsync(Contexts, File, CancellationToken.None);

    /// <summary>A connection that is nobody else's.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Closes the connections that the pool keeps, so that the file is as a stopped server leaves it.</summary>
    public void ClosePool()
    {
        using var context = Contexts.CreateDbContext();
        SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
    }

    public async ValueTask DisposeAsync()
    {
        ClosePool();
        await _services.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
