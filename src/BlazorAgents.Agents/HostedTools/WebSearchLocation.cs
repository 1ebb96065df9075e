using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.HostedTools;

/// <summary>Roughly where the user is, for a web search. Kept in the tool's additional properties, where each client finds it.</summary>
/// <param name="Country">Two letters, ISO 3166-1.</param>
/// <param name="Region">Region or state, free text.</param>
/// <param name="City">City, free text.</param>
/// <param name="TimeZone">IANA name ("Europe/Paris").</param>
public sealed record WebSearchLocation(string? Country = null, string? Region = null, string? City = null, string? TimeZone = null)
{
    private const string Key = "user_location";

    /// <summary>A web search tool for a user at this place.</summary>
    public HostedWebSearchTool CreateTool() => new(new Dictionary<string, object?> { [Key] = this });

    /// <summary>The place that a tool was made for, or null.</summary>
    public static WebSearchLocation? Find(HostedWebSearchTool tool) =>
        tool is { AdditionalProperties: { } properties } && properties.TryGetValue(Key, out var value) ? value as WebSearchLocation : null;
}
