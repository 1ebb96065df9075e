using System.Security.Claims;
using BlazorAgents.Agents.Structured;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Features.Chat;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlazorAgents.Web.Tests.Chat;

/// <summary>The real services on a database of their own, with a model that says what the test wrote.</summary>
internal sealed class ChatHost : IAsyncDisposable
{
    /// <summary>The agent whose answers are lists of text.</summary>
    public const string WithForm = "form";

    /// <summary>The agent whose orders wait for an approver.</summary>
    public const string WithTools = "tools";

    /// <summary>An approver.</summary>
    public const string Approver = "cat";

    private readonly string _folder = Directory.CreateTempSubdirectory("chat-tests-").FullName;
    private readonly List<ChatSession> _sessions = [];
    private readonly ServiceProvider _services;

    private ChatHost()
    {
        Connections = new FixedModelConnections(() => Model);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddData(_folder, new DataOptions());
        services.ConfigureDbContext<AppDbContext>(builder => builder.AddInterceptors(Page));
        services.AddSingleton<IModelConnections>(Connections);
        services.AddSingleton(Agent("first"));
        services.AddSingleton(Agent("second"));
        services.AddSingleton(Agent(WithTools) with { Tools = [OrderTool.Create(Tell), OrderTool.CreateNote(Tell)] });
        services.AddSingleton(new RunLevelTool(OrderTool.CreateClock()));
        services.AddSingleton(new RunLevelTool(OrderTool.CreateRecount()));
        services.AddSingleton(Agent(WithForm) with { ResponseFormat = StructuredFormat.For<string[]>() });
        services.AddRuns(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Runs:MakeTitles", "false"), new("Mcp:Servers:0:Label", ScriptedMcp.Label), new("Mcp:Servers:0:Address", "https://dice.demo.invalid/mcp"), new("Mcp:Servers:0:Description", "Rolls dice.")]).Build());
        _services = services.BuildServiceProvider();
    }

    /// <summary>What the sentences about calls end with now.</summary>
    public string? Ending { get; set; } = "";

    private string Tell() => Ending ?? throw new InvalidOperationException("It cannot be told now.");

    public ScriptedChatClient Model { get; } = new();

    /// <summary>Holds the reading of a conversation's page.</summary>
    public HeldPage Page { get; } = new();

    /// <summary>Gives every conversation the model.</summary>
    public FixedModelConnections Connections { get; }

    public IServiceProvider Services => _services;

    public ConversationService Conversations => _services.GetRequiredService<ConversationService>();

    public static async Task<ChatHost> StartAsync()
    {
        var host = new ChatHost();
        var contexts = host._services.GetRequiredService<IDbContextFactory<AppDbContext>>();
        await DatabaseStartup.PrepareAsync(contexts, Path.Combine(host._folder, DataServiceCollectionExtensions.FileName), CancellationToken.None);
        await host._services.GetRequiredService<Database>().WriteAsync(async context =>
        {
            context.Users.AddRange(User("ann"), User("bob"), User(Approver));
            var role = await context.Roles.FirstOrDefaultAsync(r => r.Name == Roles.Approver)
                ?? context.Roles.Add(new IdentityRole(Roles.Approver) { NormalizedName = "APPROVER" }).Entity;
            context.UserRoles.Add(new IdentityUserRole<string> { UserId = Approver, RoleId = role.Id });
        });
        foreach (var service in host._services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        return host;
    }

    public static AgentDefinition Agent(string id) => new()
    {
        Id = id,
        Name = $"Agent {id}",
        Description = $"About {id}",
        Icon = "bot",
        Instructions = "Answer.",
        Starters = [$"Begin {id}"],
    };

    public CurrentUser UserNamed(string id) => new(new CircuitAdmission(), new SignedIn(id), _services);

    /// <summary>A circuit in which nobody is signed in.</summary>
    public CurrentUser Nobody() => new(new CircuitAdmission(), new SignedIn(null), _services);

    public ChatSession NewSession(string? user = "ann")
    {
        var session = new ChatSession(
            Conversations,
            _services.GetRequiredService<RunService>(),
            _services.GetRequiredService<AgentCatalog>(),
            _services.GetRequiredService<ConnectionRules>(),
            _services.GetRequiredService<ToolGrants>(),
            _services.GetRequiredService<ApprovalService>(),
            user is null ? Nobody() : UserNamed(user),
            TimeProvider.System,
            NullLogger<ChatSession>.Instance);
        _sessions.Add(session);
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        _sessions.ForEach(session => session.Dispose());
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        await TestFolder.DeleteAsync(_folder);
    }

    private static AppUser User(string id) => new() { Id = id, UserName = id, NormalizedUserName = id, DisplayName = id };

    private sealed class SignedIn(string? id) : IHttpContextAccessor
    {
        public HttpContext? HttpContext { get; set; } = new DefaultHttpContext
        {
            User = id is null ? new ClaimsPrincipal() : new ClaimsPrincipal(new ClaimsIdentity(
                [new(ClaimTypes.NameIdentifier, id), new(ClaimTypes.Name, id), new(ClaimTypes.Role, id == Approver ? Roles.Approver : Roles.User)], "test")),
        };
    }
}
