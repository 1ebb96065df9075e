using System.Security.Claims;
using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Features.Providers;
using BlazorAgents.Web.Layout;
using BlazorAgents.Web.Security;
using Bunit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Web.Tests.Providers;

/// <summary>The keeping of providers on a database and a key ring of its own, for an administrator; the network is a function.</summary>
internal sealed class ProviderHost : IAsyncDisposable
{
    public const string Key = "sk-canary-4711-never-shown-9f2c";
    public const string ConfiguredKey = "sk-configured-never-shown-1b7e";

    private ProviderHost(string folder, Func<FakeHttpRequest, HttpResponseMessage>? answer, Func<HttpMessageHandler, HttpMessageHandler>? wrap)
    {
        Folder = folder;
        Context.JSInterop.Mode = JSRuntimeMode.Loose;
        Handler = new FakeHttpHandler(answer ?? (_ => FakeHttpHandler.Json("{}", System.Net.HttpStatusCode.NotFound)));
        var services = Context.Services;
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging(logging => logging.AddProvider(Log));
        services.AddData(folder, new DataOptions());
        services.AddDataProtection().SetApplicationName("BlazorAgents").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "keys")));
        services.AddOpenAIProvider(new ConfigurationBuilder().AddInMemoryCollection([new("OPENAI_API_KEY", ConfiguredKey), new("OPENAI_CHAT_MODEL_ID", "gpt-4o")]).Build());
        services.Configure<ProviderOptions>(options => options.CreateHandler = () => wrap?.Invoke(Handler) ?? Handler);
        services.AddProviders();
        services.AddShell();
        services.AddScoped<CircuitAdmission>();
        services.AddScoped<CurrentUser>();
        services.AddSingleton<IHttpContextAccessor>(new FixedContext { HttpContext = new DefaultHttpContext { User = Principal() } });
    }

    public static ActingUser Admin { get; } = new("ada", "Ada", Roles.Admin);

    public BunitContext Context { get; } = new();

    public string Folder { get; }

    public string DatabaseFile => Path.Combine(Folder, DataServiceCollectionExtensions.FileName);

    public FakeHttpHandler Handler { get; }

    public ManualTimeProvider Time { get; } = new();

    public Account.CapturedLog Log { get; } = new();

    public ProviderService Service => Get<ProviderService>();

    public ProviderRegistry Registry => Get<ProviderRegistry>();

    public static Task<ProviderHost> StartAsync(
        Func<FakeHttpRequest, HttpResponseMessage>? answer = null, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null) =>
        StartAsync(Directory.CreateTempSubdirectory("providers-").FullName, answer, wrap);

    /// <summary>A server on the data folder of another one.</summary>
    public static async Task<ProviderHost> StartAsync(
        string folder, Func<FakeHttpRequest, HttpResponseMessage>? answer = null, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    {
        var host = new ProviderHost(folder, answer, wrap);
        await DatabaseStartup.PrepareAsync(host.Get<IDbContextFactory<AppDbContext>>(), host.DatabaseFile, CancellationToken.None);
        return host;
    }

    public static ProviderInput Input(string name = "Lab", string endpoint = "http://localhost:8000/v1", string? key = Key) => new()
    {
        Name = name,
        Kind = nameof(ProviderKind.Compatible),
        Endpoint = endpoint,
        Key = key,
        ChatModelId = "llama",
    };

    public T Get<T>()
        where T : notnull => Context.Services.GetRequiredService<T>();

    /// <summary>Adds a provider and returns its id.</summary>
    public async Task<string> AddAsync(ProviderInput? input = null)
    {
        var result = await Service.AddAsync(Admin, input ?? Input());
        Assert.Empty(result.Errors);
        return result.Id!;
    }

    public async Task<ProviderDetails> FindAsync(string id) => (await Service.FindAsync(Admin, id))!;

    /// <summary>Ends this server; its folder stays for another one.</summary>
    public async Task StopAsync()
    {
        await Context.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await TestFolder.DeleteAsync(Folder);
    }

    private static ClaimsPrincipal Principal() => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, "ada"), new Claim(ActingUser.DisplayNameClaim, "Ada"), new Claim(ClaimTypes.Role, Roles.Admin)], "test"));

    /// <summary>The framework's accessor belongs to the flow of one request; here there is none.</summary>
    private sealed class FixedContext : IHttpContextAccessor
    {
        public HttpContext? HttpContext { get; set; }
    }
}
