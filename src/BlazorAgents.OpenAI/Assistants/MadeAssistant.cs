namespace BlazorAgents.OpenAI.Assistants;

/// <summary>An assistant on the server.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Made">What it was made for; null for one that existed.</param>
internal sealed record MadeAssistant(string Id, AssistantSpec? Made);
