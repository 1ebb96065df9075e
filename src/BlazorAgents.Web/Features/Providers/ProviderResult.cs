using BlazorAgents.Web.Features.Account;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>How an entry ended: the provider's id, or what is wrong with which field.</summary>
public sealed record ProviderResult(string? Id, IReadOnlyList<FieldError> Errors);
