using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Providers;
using Microsoft.Extensions.Logging.Abstractions;
using OpenAI.Assistants;
using RunStatus = BlazorAgents.Data.RunStatus;

namespace BlazorAgents.Web.Tests.Providers;

/// <summary>Conversations and the assistants that the retired API needs on a server.</summary>
public sealed class ModelConnectionsTests : IAsyncLifetime
{
    private EmulatorServer _server = null!;
    private ProviderHost _host = null!;
    private ConversationConnection _connection = null!;

    public async Task InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        _host = await ProviderHost.StartAsync(wrap: _ => new SocketsHttpHandler());
        var input = ProviderHost.Input(endpoint: _server.BaseUrl.ToString());
        input.ChatModelId = ProviderClients.OfflineModelId;
        _connection = new ConversationConnection
        {
            ProviderId = await _host.AddAsync(input),
            ClientType = nameof(ClientType.AssistantsApi),
            Memory = ConversationMemory.Provider,
        };
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task AssistantsApi_RunAfterRun_SharesOneAssistantThatTheEndDeletes()
    {
        var connections = new ModelConnections(_host.Registry, _host.Get<Database>());
        for (var run = 0; run < 3; run++)
        {
            var client = await connections.OpenAsync(_connection, modelId: null, CancellationToken.None);
            await client.CreateAgent("Helper", "Help.").RunAsync("Hi", AgentThread.OnService());
        }

        Assert.Equal(1, await CountAsync());
        await connections.DisposeAsync();
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task LeakedAssistants_OfAProviderThatWasUsed_AreRemovedAtTheNextStart()
    {
        await using (var connections = new ModelConnections(_host.Registry, _host.Get<Database>()))
        {
            var client = await connections.OpenAsync(_connection, modelId: null, CancellationToken.None);
            await client.CreateAgent("Helper", "Help.").RunAsync("Hi", AgentThread.OnService());
            var mine = await (await AssistantsAsync()).GetAssistantsAsync().SingleAsync();
            var owner = mine.Metadata["blazoragents"].Split('/');
            var leaked = new AssistantCreationOptions { Name = "leaked" };
            leaked.Metadata["blazoragents"] = $"{owner[0]}/{int.MaxValue}/{owner[2]}";
            await (await AssistantsAsync()).CreateAssistantAsync(ProviderClients.OfflineModelId, leaked);
        }

        using var service = new LeakedAssistants(_host.Get<Database>(), _host.Registry, TimeProvider.System, NullLogger<LeakedAssistants>.Instance);
        await service.CleanUpAsync(CancellationToken.None);
        Assert.Equal(1, await CountAsync()); // no conversation has used the provider yet

        await AddRunAsync();
        await service.CleanUpAsync(CancellationToken.None);
        Assert.Equal(0, await CountAsync());
    }

    private Task AddRunAsync() => _host.Get<Database>().WriteAsync(context =>
    {
        var conversation = new Conversation { Id = Guid.CreateVersion7(), UserId = "ada", Title = "T", AgentId = "a" };
        var turn = new Turn { Id = Guid.CreateVersion7(), ConversationId = conversation.Id, ClientRequestId = Guid.NewGuid(), Text = "Hi" };
        context.Users.Add(new AppUser { Id = "ada", UserName = "ada" });
        context.Conversations.Add(conversation);
        context.Turns.Add(turn);
        context.Runs.Add(new Run
        {
            Id = Guid.CreateVersion7(),
            ConversationId = conversation.Id,
            TurnId = turn.Id,
            ClientRequestId = Guid.NewGuid(),
            Status = RunStatus.Completed,
            AgentId = "a",
            ProviderId = _connection.ProviderId,
            ClientType = _connection.ClientType,
        });
        return Task.CompletedTask;
    });

    private async Task<AssistantClient> AssistantsAsync() => (await _host.Registry.GetAsync(_connection.ProviderId)).Connection.Client.GetAssistantClient();

    private async Task<int> CountAsync() => await (await AssistantsAsync()).GetAssistantsAsync().CountAsync();
}
