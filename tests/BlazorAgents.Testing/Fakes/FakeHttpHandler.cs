using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace BlazorAgents.Testing.Fakes;

/// <summary>Answers HTTP requests from a test's own function and keeps them.</summary>
public sealed class FakeHttpHandler(Func<FakeHttpRequest, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly ConcurrentQueue<FakeHttpRequest> _requests = new();

    /// <summary>What was asked, oldest first.</summary>
    public IReadOnlyList<FakeHttpRequest> Requests => [.. _requests];

    /// <summary>A JSON answer.</summary>
    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    /// <summary>An event stream; each chunk becomes one "data:" event, and [DONE] follows.</summary>
    public static HttpResponseMessage Sse(params string[] chunks) =>
        RawSse(Encoding.UTF8.GetBytes(string.Concat(chunks.Append("[DONE]").Select(c => $"data: {c}\n\n"))));

    /// <summary>An event stream of exactly these bytes.</summary>
    public static HttpResponseMessage RawSse(byte[] body) => RawSse(new MemoryStream(body));

    /// <summary>An event stream read from <paramref name="body"/>.</summary>
    public static HttpResponseMessage RawSse(Stream body)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) };
        response.Content.Headers.ContentType = new("text/event-stream");
        return response;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase);
        var seen = new FakeHttpRequest(request.Method, request.RequestUri!, headers, body);
        _requests.Enqueue(seen);
        var response = answer(seen);
        response.RequestMessage = request;
        return response;
    }
}
