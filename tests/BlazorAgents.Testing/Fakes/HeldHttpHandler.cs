namespace BlazorAgents.Testing.Fakes;

/// <summary>Holds the requests to one path back until <paramref name="release"/> completes, or they are cancelled.</summary>
public sealed class HeldHttpHandler(HttpMessageHandler inner, string path, Task release) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestUri?.AbsolutePath == path)
        {
            await release.WaitAsync(cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
