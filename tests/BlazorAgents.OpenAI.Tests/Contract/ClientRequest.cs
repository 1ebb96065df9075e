using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Contract;

/// <summary>Something that any of our clients may be asked.</summary>
internal sealed record ClientRequest(string Name, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options = null)
{
    /// <summary>The providers that hold to the specification and can do it.</summary>
    public IEnumerable<ProviderKind> Kinds(ClientType type) => new[] { ProviderKind.OpenAI, ProviderKind.AzureOpenAI }
        .Where(kind => Options?.Tools?.Any(tool => HostedToolSupport.FindProblem(type, kind, tool) is not null) != true);
}
