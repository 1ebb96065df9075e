using System.Text.Json;
using System.Text.Json.Serialization;

namespace BlazorAgents.Runs;

/// <summary>How the tools of a message differ from its agent's own. Names are in ordinal order, each once.</summary>
public sealed record ToolChoice
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>The agent's own, no more and no fewer.</summary>
    public static ToolChoice Default { get; } = new();

    /// <summary>Names of tools at run level.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Names of the agent's own that the message does without.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>How many tools differ.</summary>
    [JsonIgnore]
    public int Count => Added.Count + LeftOut.Count;

    /// <summary>The same with one tool switched on or off.</summary>
    public ToolChoice With(ToolOffer tool, bool isOn)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return tool.IsOwn
            ? this with { LeftOut = Change(LeftOut, tool.Name, !isOn) }
            : this with { Added = Change(Added, tool.Name, isOn) };
    }

    /// <summary>What is left of it with the tools that there are.</summary>
    public ToolChoice Within(IReadOnlyList<ToolOffer> tools) => new()
    {
        Added = [.. Added.Where(name => tools.Any(tool => !tool.IsOwn && tool.Name == name))],
        LeftOut = [.. LeftOut.Where(name => tools.Any(tool => tool.IsOwn && tool.Name == name))],
    };

    /// <summary>Whether the message has the tool.</summary>
    public bool Has(ToolOffer tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return tool.IsOwn ? !LeftOut.Contains(tool.Name) : Added.Contains(tool.Name);
    }

    /// <inheritdoc/>
    public bool Equals(ToolChoice? other) => other is not null && Added.SequenceEqual(other.Added) && LeftOut.SequenceEqual(other.LeftOut);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Added.Count, LeftOut.Count);

    internal static ToolChoice FromJson(string json) => json.Length == 0 ? Default : JsonSerializer.Deserialize<ToolChoice>(json, s_json) ?? Default;

    internal string ToJson() => Count == 0 ? "" : JsonSerializer.Serialize(this, s_json);

    private static IReadOnlyList<string> Change(IReadOnlyList<string> names, string name, bool isIn) =>
        [.. names.Where(n => n != name).Concat(isIn ? [name] : []).Order(StringComparer.Ordinal)];
}
