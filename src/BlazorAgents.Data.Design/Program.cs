using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.EntityFrameworkCore.Sqlite.Design.Internal;
using Microsoft.Extensions.DependencyInjection;

// Makes a migration from the difference between the model and the last snapshot:
//   dotnet run --project src/BlazorAgents.Data.Design -- NAME
if (args is not [var name])
{
    Console.Error.WriteLine("usage: dotnet run --project src/BlazorAgents.Data.Design -- NAME");
    return 2;
}

var project = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../BlazorAgents.Data"));
var options = new DbContextOptionsBuilder<AppDbContext>().UseSqlite("Data Source=:memory:").Options;
await using var context = new AppDbContext(options);

var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(context);
#pragma warning disable EF1001 // the provider's design-time services are internal, and there is no other door to them
new SqliteDesignTimeServices().ConfigureDesignTimeServices(services);
#pragma warning restore EF1001
await using var provider = services.BuildServiceProvider();
using var scope = provider.CreateScope();

var scaffolder = scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>();
var migration = scaffolder.ScaffoldMigration(name, "BlazorAgents.Data", "Migrations", "C#", dryRun: false);
var files = scaffolder.Save(project, migration, Path.Combine(project, "Migrations"), dryRun: false);
Console.WriteLine(files.MigrationFile);
return 0;
