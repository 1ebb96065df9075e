namespace BlazorAgents.Web.Features.Conversations;

/// <summary>Where a conversation is shown.</summary>
public static class ConversationAddress
{
    private const string Folder = "c/";

    /// <summary>The address, relative to the app's base.</summary>
    public static string Of(Guid conversationId) => $"{Folder}{conversationId}";

    /// <summary>The conversation at an address relative to the app's base, or null.</summary>
    public static Guid? Find(string address)
    {
        var path = address.Split('?', '#')[0];
        return path.StartsWith(Folder, StringComparison.OrdinalIgnoreCase) && Guid.TryParse(path.AsSpan(Folder.Length), out var id) ? id : null;
    }
}
