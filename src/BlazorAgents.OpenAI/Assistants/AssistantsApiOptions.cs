namespace BlazorAgents.OpenAI.Assistants;

/// <summary>How an <see cref="AssistantsApiChatClient"/> treats what it needs on the server.</summary>
public sealed record AssistantsApiOptions
{
    /// <summary>An assistant that exists and stays; null makes one for the agent, which is deleted on clean-up.</summary>
    public string? AssistantId { get; init; }

    /// <summary>Whether clean-up also deletes the threads that this client made, with their files. Off: a saved id works later.</summary>
    public bool DeletesThreads { get; init; }

    /// <summary>Longest wait for a cancelled run to end, so that its thread takes messages again.</summary>
    public TimeSpan CancelPatience { get; init; } = TimeSpan.FromSeconds(10);
}
