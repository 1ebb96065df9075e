namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>Cuts the first streamed answer in its middle, as a lost connection does.</summary>
internal sealed class CuttingHandler : DelegatingHandler
{
    private int _streams;

    /// <summary>How many streams were cut: at most one.</summary>
    public int Cuts => Math.Min(_streams, 1);

    /// <summary>The handler in front of <paramref name="inner"/>.</summary>
    public HttpMessageHandler Around(HttpMessageHandler inner)
    {
        InnerHandler = inner;
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream" && Interlocked.Increment(ref _streams) == 1)
        {
            var whole = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            response.Content = new StreamContent(new ChunkedStream(whole[..(whole.Length / 2)], 512, new IOException("Connection reset by peer")));
            response.Content.Headers.ContentType = new("text/event-stream");
        }

        return response;
    }
}
