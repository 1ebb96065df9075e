using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Providers;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>Connections in words.</summary>
internal static class ConnectionWords
{
    /// <summary>"OpenAI · Responses · memory at the provider".</summary>
    public static string Line(ConversationConnection connection, string? provider) => string.Join(
        " · ",
        new[]
        {
            provider ?? "Removed provider",
            Enum.TryParse<ClientType>(connection.ClientType, out var type) ? ProviderWords.Name(type) : null,
            Place(connection.Memory),
        }.OfType<string>());

    public static string Name(ConversationMemory memory) => memory switch
    {
        ConversationMemory.Database => "This conversation's database",
        ConversationMemory.Provider => "At the provider",
        ConversationMemory.Process => "This server's memory, until it restarts",
        _ => "Nothing: each message by itself",
    };

    public static string About(ConversationMemory memory) => memory switch
    {
        ConversationMemory.Database => "What was said is sent with each message.",
        ConversationMemory.Provider => "Only what is new is sent; the provider keeps the rest.",
        ConversationMemory.Process => "The agent forgets when the server restarts; you can still read everything.",
        _ => "The agent does not know what was said before; you can still read everything.",
    };

    public static string About(ClientType type) => type switch
    {
        ClientType.Chat => "Chat Completions: nearly every server has it. The memory is kept here.",
        ClientType.Responses => "The provider's tools and reasoning. The memory is kept here or there.",
        ClientType.Assistants => "The provider keeps the thread, over Conversations and Responses.",
        _ => "The old interface itself, for servers that still have it. OpenAI switched it off on 2026-08-26.",
    };

    public static string Tool(HostedToolChoice tool) => tool.Name switch
    {
        HostedToolNames.WebSearch => "Web search",
        HostedToolNames.CodeInterpreter => "Code interpreter",
        HostedToolNames.ImageGeneration => "Pictures",
        _ when tool.ServerLabel is { } server => $"MCP server {server}",
        var name => name,
    };

    private static string Place(ConversationMemory memory) => memory switch
    {
        ConversationMemory.Database => "memory on this server",
        ConversationMemory.Provider => "memory at the provider",
        ConversationMemory.Process => "memory until a restart",
        _ => "no memory",
    };
}
