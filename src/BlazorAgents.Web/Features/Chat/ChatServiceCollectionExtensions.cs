namespace BlazorAgents.Web.Features.Chat;

/// <summary>Registers the chat.</summary>
public static class ChatServiceCollectionExtensions
{
    /// <summary>Adds the chat of each circuit.</summary>
    public static IServiceCollection AddChat(this IServiceCollection services) => services.AddScoped<ChatSession>().AddScoped<ConnectionCatalog>();
}
