using BlazorAgents.Agents;
using BlazorAgents.Agents.Pipeline;
using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Specification;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>Where a behaviour is shown: agents of one client type over real connections to a server, everything under contract.</summary>
internal sealed class BehaviourStage(ClientType type, EmulatorServer server, StageOptions? options = null) : IAsyncDisposable
{
    /// <summary>Longest that one answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StageOptions _options = options ?? new StageOptions();
    private readonly List<ServiceProvider> _processes = [];
    private readonly List<ContractHandler> _handlers = [];
    private readonly List<BehaviourStage> _branches = [];

    public ClientType Type => type;

    public EmulatorServer Server => server;

    /// <summary>The official SDK, for what a behaviour needs on the server.</summary>
    public OpenAIClient Sdk => StartProcess().Connection.Client;

    /// <summary>An agent in a process of its own: it shares nothing but the server with other agents.</summary>
    public ChatAgent CreateAgent(params AITool[] tools) => CreateClient().CreateAgent("Helper", "You are a helpful assistant.", tools);

    /// <summary>A client in a process of its own.</summary>
    public IChatClient CreateClient() => StartProcess().CreateChatClient(type);

    /// <summary>The same client type with another server, or another way there. Ends with this stage.</summary>
    public async Task<BehaviourStage> BranchAsync(StageOptions options)
    {
        var other = await EmulatorServer.StartAsync(new EmulatorOptions { Brain = options.Brain, Pace = options.Pace, ServesAssistants = options.ServesAssistants });
        var branch = new BehaviourStage(type, other, options);
        _branches.Add(branch);
        return branch;
    }

    /// <summary>Fails with every violation of the specification so far.</summary>
    public void AssertContract()
    {
        _handlers.ForEach(handler => handler.AssertFulfilled());
        _branches.ForEach(branch => branch.AssertContract());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _handlers.ForEach(handler => handler.Dispose());
        foreach (var branch in _branches)
        {
            await branch.DisposeAsync();
            await branch.Server.DisposeAsync();
        }
    }

    private ProviderClients StartProcess()
    {
        var inner = new SocketsHttpHandler();
        var handler = new ContractHandler(_options.Wrap?.Invoke(inner) ?? inner, _options.Checks);
        _handlers.Add(handler);
        var process = new ServiceCollection().AddLogging().AddSingleton(_options.Time)
            .AddOpenAIProvider(new ConfigurationBuilder().Build())
            .Configure<ProviderOptions>(o =>
            {
                o.CreateHandler = () => handler;
                o.Resilience = new ResilienceOptions { Retry = new RetryOptions { MaxAttempts = 1 } }; // what is tried again has tests of its own
            })
            .BuildServiceProvider();
        _processes.Add(process);
        process.GetRequiredService<OfflineEndpoint>().Address = server.BaseUrl;
        return process.GetRequiredService<ProviderClients>();
    }
}
