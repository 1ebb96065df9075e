namespace BlazorAgents.Data;

/// <summary>A model server that an administrator entered, beside the one of the configuration.</summary>
public sealed class Provider
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; init; }

    /// <summary>Shown to people; at most 60 characters.</summary>
    public required string Name { get; set; }

    /// <summary>The name in upper case, which no other provider may have.</summary>
    public required string NormalizedName { get; set; }

    /// <summary>The client layer's name of the kind: "OpenAI", "AzureOpenAI" or "Compatible".</summary>
    public required string Kind { get; set; }

    /// <summary>The base address, for Azure the resource.</summary>
    public required string Endpoint { get; set; }

    /// <summary>The chat model or deployment.</summary>
    public string? ChatModelId { get; set; }

    /// <summary>The model or deployment of the Responses client; null takes the chat model.</summary>
    public string? ResponsesModelId { get; set; }

    /// <summary>The organisation that OpenAI bills.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>The key, encrypted; null where the server wants none.</summary>
    public string? ProtectedKey { get; set; }

    /// <summary>The key's last four characters, to tell keys apart; null when it is too short to show any.</summary>
    public string? KeyEnding { get; set; }

    /// <summary>The client layer's name of the client type of new agents: "Chat", "Responses", "Assistants" or "AssistantsApi".</summary>
    public required string ClientType { get; set; }

    /// <summary>Whether agents may use it.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Counts the changes: a connection made for another number is out of date.</summary>
    public int Version { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}
