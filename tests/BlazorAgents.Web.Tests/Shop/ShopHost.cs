using BlazorAgents.Data;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Features.Shop;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Shop;

/// <summary>A shop on a database of its own, filled as a new one is.</summary>
internal sealed class ShopHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;
    private readonly ServiceProvider _services;

    private ShopHost() => _services = new ServiceCollection().AddData(_folder, new DataOptions()).BuildServiceProvider();

    public ManualTimeProvider Time { get; } = new();

    public Database Database => _services.GetRequiredService<Database>();

    public ShopService Shop => new(Database, Time);

    public ShopSeeder Seeder => new(Database);

    public static async Task<ShopHost> StartAsync()
    {
        var host = new ShopHost();
        var contexts = host._services.GetRequiredService<IDbContextFactory<AppDbContext>>();
        await DatabaseStartup.PrepareAsync(contexts, Path.Combine(host._folder, DataServiceCollectionExtensions.FileName), CancellationToken.None);
        await host.Seeder.SeedAsync();
        return host;
    }

    public Task<int> StockAsync(string productId) =>
        Database.ReadAsync(context => context.Products.Where(product => product.Id == productId).Select(product => product.Stock).SingleAsync());

    public Task SetStockAsync(string productId, int stock) => Database.WriteAsync(
        context => context.Products.Where(product => product.Id == productId).ExecuteUpdateAsync(set => set.SetProperty(product => product.Stock, stock)));

    public Task<int> OrdersAsync() => Database.ReadAsync(context => context.Orders.CountAsync());

    public Task ShipAsync(long number) => Database.WriteAsync(
        context => context.Orders.Where(order => order.Number == number).ExecuteUpdateAsync(set => set.SetProperty(order => order.Status, OrderStatus.Shipped)));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await TestFolder.DeleteAsync(_folder);
    }
}
