using System.Globalization;
using BlazorAgents.Data;
using BlazorAgents.Testing.Fakes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>The run engine as a process has it: a real database file, real services, and a model that a test writes.</summary>
internal sealed class RunsHost : IAsyncDisposable
{
    public const string User = "user";
    public const string Stranger = "stranger";
    public const string Agent = "assistant";

    private readonly TempFolder? _ownFolder;
    private readonly ServiceProvider _services;
    private bool _isEngineStarted;

    private RunsHost(RunsHostSettings settings)
    {
        _ownFolder = settings.Folder is null ? new TempFolder() : null;
        Folder = settings.Folder ?? _ownFolder!;
        Connections = new FixedModelConnections(() => Model);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddProvider(Log));
        services.AddData(Folder.Path, new DataOptions { LockTimeoutSeconds = settings.LockTimeoutSeconds });
        services.ConfigureDbContext<AppDbContext>(builder => builder.AddInterceptors(new CommitSignal(Committed, () => BeforeCommit(), () => AfterCommit()), Queries));
        services.AddSingleton(settings.Time);
        services.AddSingleton<IModelConnections>(Connections);
        services.AddSingleton(new AgentDefinition
        {
            Id = Agent,
            Name = "Assistant",
            Description = "Answers.",
            Icon = "chat",
            Instructions = "You are helpful.",
            Tools = settings.Tools,
            ResponseFormat = settings.ResponseFormat,
        });
        foreach (var tool in settings.RunLevelTools)
        {
            services.AddSingleton(new RunLevelTool(tool));
        }

        services.AddRuns(Configuration(settings));
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    public TempFolder Folder { get; }

    public string DatabaseFile => Path.Combine(Folder.Path, DataServiceCollectionExtensions.FileName);

    public ScriptedChatClient Model { get; } = new();

    /// <summary>Gives every conversation the model.</summary>
    public FixedModelConnections Connections { get; }

    public LogList Log { get; } = new();

    /// <summary>A transaction of this host was committed.</summary>
    public Signal Committed { get; } = new();

    /// <summary>What happens while a transaction of this host has written all and nobody else sees it yet.</summary>
    public Func<Task> BeforeCommit { get; set; } = () => Task.CompletedTask;

    /// <summary>What happens between a commit of this host and what its code does next; it still keeps this host's other writers out.</summary>
    public Func<Task> AfterCommit { get; set; } = () => Task.CompletedTask;

    /// <summary>What was read since its last reset.</summary>
    public QueryCount Queries { get; } = new();

    public RunService Runs => Get<RunService>();

    public ConversationService Conversations => Get<ConversationService>();

    public Database Database => Get<Database>();

    public static async Task<RunsHost> StartAsync(RunsHostSettings? settings = null)
    {
        settings ??= new RunsHostSettings();
        var host = new RunsHost(settings);
        await DatabaseStartup.PrepareAsync(host.Get<IDbContextFactory<AppDbContext>>(), host.DatabaseFile, CancellationToken.None);
        await host.Database.WriteAsync(AddUsersAsync);
        if (settings.StartEngine)
        {
            await host.StartEngineAsync();
        }

        return host;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task StartEngineAsync()
    {
        _isEngineStarted = true;
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    public async Task StopEngineAsync(CancellationToken cancellationToken = default)
    {
        _isEngineStarted = false;
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(cancellationToken);
        }
    }

    /// <summary>Sends a message; without a conversation it begins one.</summary>
    public Task<StartedRun> SendAsync(string text = "Hello", Guid? conversationId = null, Guid? clientRequestId = null) =>
        Runs.StartAsync(Request(text, conversationId, clientRequestId));

    public static StartRun Request(string text = "Hello", Guid? conversationId = null, Guid? clientRequestId = null) => new()
    {
        UserId = User,
        ConversationId = conversationId ?? Guid.CreateVersion7(),
        ClientRequestId = clientRequestId ?? Guid.NewGuid(),
        Text = text,
        AgentId = Agent,
    };

    /// <summary>The run as the shown path's last answer.</summary>
    public async Task<RunView> ViewAsync(StartedRun run)
    {
        var page = await Conversations.GetPageAsync(User, run.ConversationId, beforeTurnId: null, take: 1);
        var view = page.Turns[^1].Run;
        Assert.Equal(run.RunId, view.Id);
        return view;
    }

    /// <summary>Waits for the run's end.</summary>
    public async Task<RunView> EndAsync(StartedRun run)
    {
        var view = await ViewAsync(run);
        await view.UntilEndedAsync();
        return view;
    }

    /// <summary>Sends a message and waits for the answer's end.</summary>
    public async Task<(StartedRun Run, RunView View)> AskAsync(string text = "Hello", Guid? conversationId = null)
    {
        var run = await SendAsync(text, conversationId);
        return (run, await EndAsync(run));
    }

    public Task<Run> StoredAsync(Guid runId) => Database.ReadAsync(context => context.Runs.SingleAsync(r => r.Id == runId));

    public Task<List<ItemPayload>> StoredItemsAsync(Guid runId) => Database.ReadAsync(async context =>
        (await context.Items.Where(i => i.RunId == runId).OrderBy(i => i.Seq).ToListAsync()).ConvertAll(row => ItemPayload.FromJson(row.Payload)));

    /// <summary>Changes a stored run behind the engine's back, as another process would.</summary>
    public Task ChangeAsync(Guid runId, Action<Run> change) =>
        Database.WriteAsync(async context => change(await context.Runs.SingleAsync(r => r.Id == runId)));

    /// <summary>Holds the file's write lock until disposed.</summary>
    public SqliteTransaction LockFile()
    {
        var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        return connection.BeginTransaction();
    }

    public async ValueTask DisposeAsync()
    {
        if (_isEngineStarted)
        {
            await StopEngineAsync();
        }

        await using (var context = await Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
        {
            SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
        }

        await _services.DisposeAsync();
        _ownFolder?.Dispose();
    }

    private static async Task AddUsersAsync(AppDbContext context)
    {
        foreach (var id in new[] { User, Stranger })
        {
            if (!await context.Users.AnyAsync(u => u.Id == id))
            {
                context.Users.Add(new AppUser { Id = id, UserName = id });
            }
        }
    }

    private static IConfiguration Configuration(RunsHostSettings settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(typeof(RunsOptions).GetProperties().Select(property =>
            KeyValuePair.Create($"Runs:{property.Name}", Convert.ToString(property.GetValue(settings.Options), CultureInfo.InvariantCulture))))
            .AddInMemoryCollection(settings.Configuration).Build();
}
