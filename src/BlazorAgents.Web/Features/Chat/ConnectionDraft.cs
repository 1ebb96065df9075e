using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Providers;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>A connection while it is being chosen. What cannot be is never built, and comes back when the choice allows it again.</summary>
internal sealed class ConnectionDraft
{
    private readonly HostedToolCatalog _catalog;
    private readonly HashSet<string> _tools;

    public ConnectionDraft(IReadOnlyList<ProviderChoice> providers, HostedToolCatalog catalog, ConversationConnection connection, string? modelId)
    {
        _catalog = catalog;
        Providers = providers;
        var known = providers.FirstOrDefault(provider => provider.Id == (connection.ProviderId is ProviderDetails.ConfiguredId ? null : connection.ProviderId));
        IsProviderGone = known is null;
        Provider = known ?? providers[0];
        Type = Enum.TryParse<ClientType>(connection.ClientType, out var type) && Enum.IsDefined(type) ? type : Provider.UsualType;
        Memory = connection.Memory;
        ModelId = IsProviderGone ? null : modelId;
        _tools = [.. connection.HostedTools];
        FitMemory();
    }

    public IReadOnlyList<ProviderChoice> Providers { get; }

    /// <summary>The conversation's provider was removed or switched off; the configured one is proposed.</summary>
    public bool IsProviderGone { get; }

    public ProviderChoice Provider { get; private set; }

    public ClientType Type { get; private set; }

    public ConversationMemory Memory { get; set; }

    /// <summary>Null takes the usual one.</summary>
    public string? ModelId { get; set; }

    /// <summary>The provider's tools; what only the demo has is not shown elsewhere.</summary>
    public IEnumerable<HostedToolChoice> Tools => _catalog.All.Where(tool => !tool.IsDemo || Provider.Kind is ProviderKind.Offline);

    /// <summary>Another provider: its usual client type and model.</summary>
    public void Select(ProviderChoice provider)
    {
        if (provider != Provider)
        {
            (Provider, ModelId) = (provider, null);
            Select(provider.UsualType);
        }
    }

    /// <summary>Another client type; a memory that it cannot have gives way.</summary>
    public void Select(ClientType type)
    {
        Type = type;
        FitMemory();
    }

    public bool Has(string tool) => _tools.Contains(tool) && FindProblem(tool) is null;

    public void Set(string tool, bool isOn) => _ = isOn ? _tools.Add(tool) : _tools.Remove(tool);

    /// <summary>Why the client type cannot have this memory, or null.</summary>
    public string? FindProblem(ConversationMemory memory) => Words(ModelConnections.FindMemoryProblem(Type, memory));

    /// <summary>Why the client type cannot use this tool of the provider's, or null.</summary>
    public string? FindProblem(string tool) =>
        _catalog.Create(tool) is { } created ? HostedToolSupport.FindProblem(Type, Provider.Kind, created) : "There is no such tool.";

    /// <summary>The connection as chosen.</summary>
    public ConversationConnection Build()
    {
        var chosen = new ConversationConnection
        {
            ProviderId = Provider.Id,
            ClientType = Type.ToString(),
            Memory = Memory,
            HostedTools = [.. Tools.Select(tool => tool.Name).Where(Has)],
        };
        return chosen == ConversationConnection.Default with { ClientType = nameof(ClientType.Chat) } ? ConversationConnection.Default : chosen;
    }

    private void FitMemory()
    {
        if (FindProblem(Memory) is not null)
        {
            Memory = Enum.GetValues<ConversationMemory>().First(memory => FindProblem(memory) is null);
        }
    }

    // The field's name begins the services' messages; here it stands above.
    private static string? Words(string? problem) => problem?.Replace("Memory: ", "", StringComparison.Ordinal) is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : null;
}
