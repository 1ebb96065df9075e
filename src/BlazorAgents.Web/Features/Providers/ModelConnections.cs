using System.Collections.Concurrent;
using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>Connects conversations to the providers' clients.</summary>
public sealed class ModelConnections(ProviderRegistry providers, Database database) : IModelConnections, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    // An Assistants API client keeps an assistant for each agent on the server: one client for all runs, or each run would leave one behind.
    private readonly ConcurrentDictionary<(ProviderClients Clients, string? ModelId), IChatClient> _assistants = new();

    /// <inheritdoc/>
    public async ValueTask<IChatClient> OpenAsync(ConversationConnection connection, string? modelId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var clients = await providers.GetAsync(connection.ProviderId, cancellationToken);
        var type = await FindTypeAsync(connection, cancellationToken);
        return type is ClientType.AssistantsApi
            ? _assistants.GetOrAdd((clients, modelId), static key => key.Clients.CreateChatClient(ClientType.AssistantsApi, key.ModelId))
            : clients.CreateChatClient(type, modelId);
    }

    /// <inheritdoc/>
    public async ValueTask<IChatClient> OpenStatelessAsync(ConversationConnection connection, string? modelId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var clients = await providers.GetAsync(connection.ProviderId, cancellationToken);
        var type = await FindTypeAsync(connection, cancellationToken);
        return clients.CreateChatClient(type is ClientType.Chat or ClientType.AssistantsApi ? ClientType.Chat : ClientType.Responses, modelId);
    }

    /// <inheritdoc/>
    public async ValueTask<string?> FindProblemAsync(ConversationConnection connection, IReadOnlyList<AITool> tools, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(tools);
        if (connection.ClientType is { } name && (!Enum.TryParse<ClientType>(name, out var known) || !Enum.IsDefined(known)))
        {
            return "Client type: there is no such type. Choose one of those shown.";
        }

        var clients = await providers.GetAsync(connection.ProviderId, cancellationToken);
        var type = await FindTypeAsync(connection, cancellationToken);
        return FindMemoryProblem(type, connection.Memory)
            ?? tools.Select(tool => HostedToolSupport.FindProblem(type, clients.Settings.Kind, tool)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Deletes the assistants that were made; what cannot be deleted now is found at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        var cleanUps = _assistants.Values.Select(client => (client.GetService(typeof(IServiceThreads)) as IServiceThreads)?.CleanUpAsync() ?? Task.CompletedTask);
        try
        {
            await Task.WhenAll(cleanUps).WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            // a server that does not answer must not hold up the end
        }
    }

    /// <summary>Null when a client type can work with a memory, else the reason and the alternative.</summary>
    public static string? FindMemoryProblem(ClientType type, ConversationMemory memory) => (type, memory) switch
    {
        (ClientType.Chat, ConversationMemory.Provider) =>
            "Memory: Chat Completions keeps nothing at the provider. Choose the Responses or Assistants client, or keep the memory here.",
        (ClientType.Assistants or ClientType.AssistantsApi, not ConversationMemory.Provider) =>
            "Memory: the Assistants client keeps its threads at the provider. Choose that, or another client type.",
        _ => null,
    };

    private async ValueTask<ClientType> FindTypeAsync(ConversationConnection connection, CancellationToken cancellationToken)
    {
        var name = connection.ClientType
            ?? (Guid.TryParse(connection.ProviderId, out var id)
                ? await database.ReadAsync(data => data.Providers.Where(provider => provider.Id == id).Select(provider => provider.ClientType).SingleOrDefaultAsync(cancellationToken), cancellationToken)
                : null);
        return Enum.TryParse<ClientType>(name, out var type) ? type : ClientType.Chat;
    }
}
