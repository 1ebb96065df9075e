namespace BlazorAgents.Web.Features.Shop;

/// <summary>Whether a customer may order.</summary>
internal sealed record CustomerCheck(bool Valid, string CustomerId, string? Name = null, string? Country = null, bool? Premium = null, string? Reason = null);
