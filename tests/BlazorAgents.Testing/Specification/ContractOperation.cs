using System.Text.Json.Nodes;

namespace BlazorAgents.Testing.Specification;

/// <summary>One operation of the specification.</summary>
/// <param name="Id">Its operationId.</param>
/// <param name="Method">GET, POST or DELETE.</param>
/// <param name="Path">Its path below the version, such as "/models/{model}".</param>
/// <param name="Definition">Its part of the specification.</param>
public sealed record ContractOperation(string Id, string Method, string Path, JsonObject Definition)
{
    private readonly string[] _segments = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The media types of its request body; none where it takes no body.</summary>
    public IEnumerable<string> RequestTypes => (Definition["requestBody"]?["content"] as JsonObject)?.Select(entry => entry.Key) ?? [];

    /// <summary>True where the request body must be there.</summary>
    public bool RequiresBody => (bool?)Definition["requestBody"]?["required"] == true;

    /// <summary>The name of the definition of a request body.</summary>
    public string RequestName(string mediaType) => $"{Id} {mediaType}";

    /// <summary>The name of the definition of an answer.</summary>
    public string ResponseName(string status) => $"{Id} {status}";

    /// <summary>The name of the definition of the query.</summary>
    public string QueryName => $"{Id} query";

    /// <summary>True when these path segments are this operation's.</summary>
    internal bool Matches(string method, string[] segments) =>
        method == Method && segments.Length == _segments.Length
        && _segments.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);

    /// <summary>How many segments are fixed: the operation with most of them wins ("/threads/runs" over "/threads/{thread_id}").</summary>
    internal int FixedSegments => _segments.Count(segment => !segment.StartsWith('{'));

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}";
}
