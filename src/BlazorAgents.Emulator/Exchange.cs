using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Emulator;

/// <summary>One HTTP request with its whole body, and the response to write to.</summary>
public sealed class Exchange(HttpContext http, ReadOnlyMemory<byte> body, TimeProvider time, CancellationToken gone)
{
    /// <summary>The raw HTTP context, for faults that need it.</summary>
    public HttpContext Http => http;

    /// <summary>HTTP verb.</summary>
    public string Method => http.Request.Method;

    /// <summary>Path without query, such as /v1/chat/completions.</summary>
    public string Path => http.Request.Path.Value ?? "/";

    /// <summary>Request body.</summary>
    public ReadOnlyMemory<byte> Body => body;

    /// <summary>The server's clock.</summary>
    public TimeProvider Time => time;

    /// <summary>What clients have stored in this server.</summary>
    public EmulatorState State => http.RequestServices.GetRequiredService<EmulatorState>();

    /// <summary>Cancelled when the client disconnects or the server stops.</summary>
    public CancellationToken Gone => gone;

    /// <summary>Seconds since 1970, as OpenAI's "created".</summary>
    public long UnixNow => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Whether this is a chat completion request.</summary>
    public bool IsChatCompletion => Method == HttpMethods.Post && Path == "/v1/chat/completions";

    /// <summary>Whether this is a request to create a response.</summary>
    public bool IsResponseCreation => Method == HttpMethods.Post && Path == "/v1/responses";
}
