namespace BlazorAgents.Testing.Fakes;

/// <summary>A request that reached a <see cref="FakeHttpHandler"/>.</summary>
public sealed record FakeHttpRequest(HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body);
