using BlazorAgents.OpenAI.Probe;
using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>Names for people.</summary>
internal static class ProviderWords
{
    public static string Name(ProviderKind kind) => kind switch
    {
        ProviderKind.Offline => "Offline demo",
        ProviderKind.OpenAI => "OpenAI",
        ProviderKind.AzureOpenAI => "Azure OpenAI",
        _ => "Compatible server",
    };

    public static string Name(ClientType type) => type switch
    {
        ClientType.Chat => "Chat",
        ClientType.Responses => "Responses",
        ClientType.Assistants => "Assistants",
        _ => "Assistants API",
    };

    public static string Name(Capability capability) => capability switch
    {
        Capability.Streaming => "Chat, streamed",
        Capability.Tools => "Tool calls",
        Capability.ParallelTools => "Several tool calls at once",
        Capability.Vision => "Images",
        Capability.JsonSchema => "Structured output (JSON schema)",
        Capability.Responses => "Responses",
        Capability.Conversations => "Conversations",
        Capability.Background => "Background responses",
        Capability.VectorStores => "Vector stores",
        Capability.Embeddings => "Embeddings",
        _ => "Assistants API",
    };

    public static string Name(CapabilitySupport support) => support.ToString();
}
