namespace BlazorAgents.OpenAI.Providers;

/// <summary>Which of the provider's interfaces an agent talks through.</summary>
public enum ClientType
{
    /// <summary>Chat Completions: the history is ours and sent each time.</summary>
    Chat,

    /// <summary>Responses: hosted tools, reasoning; the history is ours, or the provider's with stored responses.</summary>
    Responses,

    /// <summary>Assistants: the provider keeps the thread. On today's OpenAI over Conversations and Responses.</summary>
    Assistants,

    /// <summary>The Assistants API itself, for servers that still have it; OpenAI switched it off on 2026-08-26.</summary>
    AssistantsApi,
}
