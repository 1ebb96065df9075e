using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>Settings that <see cref="ChatOptions"/> has no property for; the clients read them here.</summary>
public static class ChatOptionsExtensions
{
    private const string StoreKey = "store";
    private const string AgentNameKey = "agent_name";

    /// <summary>Asks the provider to keep (true) or not to keep (false) the answer; null leaves it to the client.</summary>
    public static void SetStore(this ChatOptions options, bool? store)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (store is { } value)
        {
            (options.AdditionalProperties ??= [])[StoreKey] = value;
        }
        else
        {
            options.AdditionalProperties?.Remove(StoreKey);
        }
    }

    /// <summary>What <see cref="SetStore"/> set, or null.</summary>
    public static bool? GetStore(this ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(StoreKey, out var value) == true ? value as bool? : null;

    /// <summary>Says which agent asks, for clients that make something of that name on the server.</summary>
    public static void SetAgentName(this ChatOptions options, string? name)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!string.IsNullOrWhiteSpace(name))
        {
            (options.AdditionalProperties ??= [])[AgentNameKey] = name;
        }
        else
        {
            options.AdditionalProperties?.Remove(AgentNameKey);
        }
    }

    /// <summary>What <see cref="SetAgentName"/> set, or null.</summary>
    public static string? GetAgentName(this ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(AgentNameKey, out var value) == true ? value as string : null;
}
