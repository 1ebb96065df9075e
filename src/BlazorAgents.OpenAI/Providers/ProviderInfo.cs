namespace BlazorAgents.OpenAI.Providers;

/// <summary>What people may know about the provider.</summary>
/// <param name="Kind">Which service it is.</param>
/// <param name="DisplayName">Its name.</param>
/// <param name="Host">The host of its address; null while an offline model has not started.</param>
/// <param name="DefaultModelId">The chat model or deployment of agents that name none.</param>
/// <param name="ResponsesModelId">The model or deployment of the Responses client.</param>
public sealed record ProviderInfo(ProviderKind Kind, string DisplayName, string? Host, string DefaultModelId, string ResponsesModelId);
