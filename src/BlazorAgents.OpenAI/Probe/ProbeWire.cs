using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Probe;

/// <summary>Sends a test's own JSON through the connection's pipeline: the same key, handler and address check as every other call.</summary>
internal sealed class ProbeWire(ProviderConnection connection, ProbeWords words)
{
    private const int MostBytes = 1024 * 1024;

    /// <exception cref="ProbeException">The status is no success, or the body no JSON object.</exception>
    public async Task<JsonElement> PostAsync(string path, string json, CancellationToken cancellationToken) =>
        Parse(await SendAsync("POST", path, json, cancellationToken));

    /// <inheritdoc cref="PostAsync"/>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => Parse(await SendAsync("GET", path, null, cancellationToken));

    /// <exception cref="ProbeException">The status is no success.</exception>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync("DELETE", path, null, cancellationToken);

    private async Task<ReadOnlyMemory<byte>> SendAsync(string method, string path, string? json, CancellationToken cancellationToken)
    {
        var pipeline = connection.Client.Pipeline;
        using var message = pipeline.CreateMessage();
        message.BufferResponse = false;
        message.Request.Method = method;
        message.Request.Uri = new Uri($"{connection.Profile.Endpoint.AbsoluteUri.TrimEnd('/')}/{path}");
        message.Request.Headers.Set("Accept", "application/json");
        message.Request.Headers.Set("OpenAI-Beta", "assistants=v2");
        if (json is not null)
        {
            message.Request.Headers.Set("Content-Type", "application/json");
            message.Request.Content = BinaryContent.Create(BinaryData.FromString(json));
        }

        message.Apply(new RequestOptions { CancellationToken = cancellationToken });
        await pipeline.SendAsync(message);
        var response = message.Response ?? throw new ProbeException(ProbeWords.NotTheWire());
        var body = await ReadAsync(response.ContentStream, cancellationToken);
        return response.Status is >= 200 and < 300 ? body : throw new ProbeException(words.FromStatus(response.Status, body));
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new ProbeException(ProbeWords.NotTheWire());
        }
        catch (JsonException)
        {
            throw new ProbeException(ProbeWords.NotTheWire());
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream? content, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return default;
        }

        var buffer = new byte[MostBytes];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer.AsMemory(0, length);
    }
}
