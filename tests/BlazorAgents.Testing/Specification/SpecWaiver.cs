using System.Text.Json.Nodes;

namespace BlazorAgents.Testing.Specification;

/// <summary>A place where the specification is wrong, or silent, and what is read there instead.</summary>
/// <param name="Place">A JSON pointer into the specification.</param>
/// <param name="Reason">Why the specification cannot be taken at its word there.</param>
/// <param name="Change">Corrects the node at that place.</param>
public sealed record SpecWaiver(string Place, string Reason, Action<JsonObject> Change)
{
    /// <summary>Corrects the specification.</summary>
    /// <exception cref="InvalidOperationException">The place is not there, or nothing changes: the waiver is of no use any more.</exception>
    public void Apply(JsonObject specification)
    {
        var node = Find(specification);
        var before = node.DeepClone();
        Change(node);
        if (JsonNode.DeepEquals(before, node))
        {
            throw new InvalidOperationException($"The waiver at {Place} changes nothing.");
        }
    }

    private JsonObject Find(JsonObject specification)
    {
        JsonNode? node = specification;
        foreach (var part in Place.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node is JsonArray array ? array[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : node?[name];
        }

        return node as JsonObject ?? throw new InvalidOperationException($"The specification has no object at {Place}.");
    }
}
