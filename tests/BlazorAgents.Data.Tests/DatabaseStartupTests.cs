using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Data.Tests;

public sealed class DatabaseStartupTests
{
    [Fact]
    public async Task Prepare_NoFile_MakesTheDatabaseAndAgainChangesNothing()
    {
        await using var folder = new DataFolder();

        await folder.PrepareAsync();
        await folder.PrepareAsync();

        Assert.True(await folder.Database.ReadAsync(async c => !await c.Users.AnyAsync()));
        Assert.DoesNotContain(Directory.GetFiles(folder.Root), f => f.EndsWith(".migrating", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prepare_NotADatabase_IsRefusedAndLeftAsItIs()
    {
        await using var folder = new DataFolder();
        await File.WriteAllTextAsync(folder.File, string.Concat(Enumerable.Repeat("This is my diary. ", 500)));

        await AssertRefusedAsync(folder, "not a BlazorAgents database");
    }

    [Fact]
    public async Task Prepare_AnotherApplicationsDatabase_IsRefusedAndLeftAsItIs()
    {
        await using var folder = new DataFolder();
        await using (var connection = folder.Open())
        {
            Execute(connection, "CREATE TABLE Recipes (Name TEXT); INSERT INTO Recipes VALUES ('Bread');");
        }

        await AssertRefusedAsync(folder, "not a BlazorAgents database");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public async Task Prepare_CorruptPages_IsRefusedAndLeftAsItIs(int firstPage)
    {
        await using var folder = await DataFolder.PreparedAsync();
        folder.ClosePool();
        await using (var connection = folder.Open())
        {
            Execute(connection, "PRAGMA journal_mode = DELETE;");
        }

        var bytes = await File.ReadAllBytesAsync(folder.File);
        Array.Fill(bytes, (byte)0xA5, firstPage * 4096, 3 * 4096);
        await File.WriteAllBytesAsync(folder.File, bytes);

        await AssertRefusedAsync(folder, "damaged");
    }

    [Fact]
    public async Task Prepare_ReadOnlyFile_IsRefusedAndLeftAsItIs()
    {
        await using var folder = await DataFolder.PreparedAsync();
        folder.ClosePool();
        File.SetAttributes(folder.File, FileAttributes.ReadOnly);
        try
        {
            await AssertRefusedAsync(folder, "read-only");
        }
        finally
        {
            File.SetAttributes(folder.File, FileAttributes.Normal);
        }
    }

    [Fact]
    public async Task Prepare_FileLockedForGood_IsRefusedAfterTheConfiguredWait()
    {
        await using var folder = await DataFolder.PreparedAsync();
        folder.ClosePool();
        await using var connection = folder.Open();
        Execute(connection, "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;");

        // LockTimeoutSeconds is 1; without it each statement would wait for 30 s.
        await AssertRefusedAsync(folder, "locked by another process").WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Prepare_AnotherProcessWrites_IsRefusedAfterTheConfiguredWait()
    {
        await using var folder = await DataFolder.PreparedAsync();
        await using var connection = folder.Open();
        Execute(connection, "BEGIN IMMEDIATE;");

        await AssertRefusedAsync(folder, "locked by another process").WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Prepare_MissingFolder_IsRefused()
    {
        await using var folder = new DataFolder("missing");

        var refused = await Assert.ThrowsAsync<DatabaseUnavailableException>(folder.PrepareAsync);

        Assert.Contains(folder.File, refused.Message, StringComparison.Ordinal);
        Assert.Contains("folder exists", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_NewerDatabase_IsRefused()
    {
        await using var folder = await DataFolder.PreparedAsync();
        await using (var connection = folder.Open())
        {
            Execute(connection, """INSERT INTO "__EFMigrationsHistory" VALUES ('29991231000000_Future', '99.0.0');""");
        }

        var refused = await Assert.ThrowsAsync<DatabaseUnavailableException>(folder.PrepareAsync);

        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_EarlierStartWasKilledWhileMigrating_IsNotHeldUp()
    {
        await using var folder = new DataFolder();
        await using (var connection = folder.Open())
        {
            Execute(
                connection,
                """
                CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY, "ProductVersion" TEXT NOT NULL);
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00');
                """);
        }

        await folder.PrepareAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.False(await folder.Database.ReadAsync(c => c.Users.AnyAsync()));
    }

    private static async Task AssertRefusedAsync(DataFolder folder, string why)
    {
        var before = await ReadSharedAsync(folder.File);

        var refused = await Assert.ThrowsAsync<DatabaseUnavailableException>(folder.PrepareAsync);

        Assert.Contains(folder.File, refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        folder.ClosePool();
        Assert.Equal(before, await ReadSharedAsync(folder.File));
    }

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static void Execute(Microsoft.Data.Sqlite.SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
