using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BlazorAgents.Data.Tests;

public sealed class ProviderMigrationTests
{
    [Fact]
    public async Task Prepare_DatabaseOfTheFirstVersion_KeepsItsDataAndTakesProviders()
    {
        await using var folder = new DataFolder();
        await using (var context = await folder.Contexts.CreateDbContextAsync())
        {
            await context.GetService<IMigrator>().MigrateAsync("Initial");
            await context.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO AspNetUsers (Id, DisplayName, CreatedAt, UserName, EmailConfirmed, PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount)
                VALUES ('ada', 'Ada', 0, 'ada', 0, 0, 0, 0, 0);
                """);
            Assert.Equal(["Initial"], (await context.Database.GetAppliedMigrationsAsync()).Select(name => name.Split('_')[1]));
        }

        await folder.PrepareAsync();
        await folder.Database.WriteAsync(context => Task.FromResult(context.Providers.Add(New("Lab"))));

        Assert.Equal("Ada", await folder.Database.ReadAsync(context => context.Users.Select(user => user.DisplayName).SingleAsync()));
        var stored = await folder.Database.ReadAsync(context => context.Providers.SingleAsync());
        Assert.Equal(("Lab", true, 1, DateTimeOffset.UnixEpoch), (stored.Name, stored.IsEnabled, stored.Version, stored.CreatedAt));
    }

    [Fact]
    public async Task Provider_SecondWithTheSameName_IsRefusedByTheDatabase()
    {
        await using var folder = await DataFolder.PreparedAsync();
        await folder.Database.WriteAsync(context => Task.FromResult(context.Providers.Add(New("Lab"))));

        await Assert.ThrowsAsync<DbUpdateException>(() => folder.Database.WriteAsync(context => Task.FromResult(context.Providers.Add(New("LAB")))));
    }

    private static Provider New(string name) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = name,
        NormalizedName = name.ToUpperInvariant(),
        Kind = "Compatible",
        Endpoint = "http://localhost:8000/v1",
        ClientType = "Chat",
        IsEnabled = true,
        Version = 1,
        CreatedAt = DateTimeOffset.UnixEpoch,
        ChangedAt = DateTimeOffset.UnixEpoch,
    };
}
