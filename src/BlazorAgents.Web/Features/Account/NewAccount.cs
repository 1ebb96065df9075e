namespace BlazorAgents.Web.Features.Account;

/// <summary>What an account is made from. Field errors bear these names.</summary>
public sealed record NewAccount(string? Email, string? DisplayName, string? Role, string? Password);
