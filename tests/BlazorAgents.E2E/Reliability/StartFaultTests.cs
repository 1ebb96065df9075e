using System.Net;
using System.Net.Sockets;
using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.E2E.Reliability;

public sealed class StartFaultTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string DatabaseFile => _folder[DataServiceCollectionExtensions.FileName];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_database_that_is_read_only_is_named()
    {
        await CreateAsync();
        File.SetAttributes(DatabaseFile, FileAttributes.ReadOnly);

        await AssertRefusedAsync("is read-only");
    }

    [Fact]
    public async Task A_database_that_another_process_holds_is_named()
    {
        await CreateAsync();
        var before = await File.ReadAllBytesAsync(DatabaseFile);
        FailedStart start;
        await using (var holder = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
        {
            await holder.OpenAsync();
            await ExecuteAsync(holder, "BEGIN EXCLUSIVE");

            // Nothing here may read the file meanwhile: closing it would free the locks of this whole process.
            start = await RunAsync();
        }

        start.AssertSaid(DatabaseFile, "is locked by another process");
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabaseFile));
    }

    [Fact]
    public async Task A_database_that_is_damaged_is_named_and_left_as_it_is()
    {
        await CreateAsync();
        var bytes = await File.ReadAllBytesAsync(DatabaseFile);
        Array.Fill(bytes, (byte)0x5A, 4096, bytes.Length - 4096);
        await File.WriteAllBytesAsync(DatabaseFile, bytes);

        await AssertRefusedAsync("is damaged");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_as_it_is()
    {
        await File.WriteAllTextAsync(DatabaseFile, string.Concat(Enumerable.Repeat("My diary, not a database. ", 400)));

        await AssertRefusedAsync("is not a BlazorAgents database");
    }

    [Fact]
    public async Task Another_programs_database_is_named_and_left_as_it_is()
    {
        await using (var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, "CREATE TABLE Recipes (Name TEXT); INSERT INTO Recipes VALUES ('Soup');");
        }

        await AssertRefusedAsync("is not a BlazorAgents database");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(_folder["file"], "");

        var start = await FailedStart.RunAsync(_folder["file/below"]);

        start.AssertSaid(_folder["file/below"], "Data:Folder");
    }

    [Theory]
    [InlineData("OPENAI_API_BASE_URL", "not-a-url", "OPENAI_API_BASE_URL")]
    [InlineData("Runs__MaxConcurrent", "0", "MaxConcurrent")]
    [InlineData("Runs__MaxConcurrent", "many", "Runs:MaxConcurrent must be a whole number")]
    [InlineData("Setup__AdminPassword", "short", "Setup:AdminPassword")]
    public async Task A_setting_that_cannot_be_is_named(string name, string value, string key)
    {
        var start = await FailedStart.RunAsync(_folder.Path, (name, value), ("Setup__AdminEmail", name == "Setup__AdminPassword" ? "admin@example.com" : ""), ("OPENAI_API_KEY", "sk-test"));

        start.AssertSaid(key);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var start = await FailedStart.RunAsync(_folder.Path, ("ASPNETCORE_URLS", $"http://{taken.LocalEndpoint}"));

        start.AssertSaid($"http://{taken.LocalEndpoint}", "ASPNETCORE_URLS");
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private Task<FailedStart> RunAsync() => FailedStart.RunAsync(_folder.Path, ("Data__LockTimeoutSeconds", "1"));

    private async Task AssertRefusedAsync(string words)
    {
        var before = await File.ReadAllBytesAsync(DatabaseFile);

        var start = await RunAsync();

        start.AssertSaid(DatabaseFile, words);
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabaseFile));
    }

    // As the application makes it, without the cost of a start.
    private async Task CreateAsync()
    {
        await using var services = new ServiceCollection().AddLogging().AddData(_folder.Path, new DataOptions()).BuildServiceProvider();
        await DatabaseStartup.PrepareAsync(services.GetRequiredService<IDbContextFactory<AppDbContext>>(), DatabaseFile, CancellationToken.None);
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        SqliteConnection.ClearAllPools();
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
