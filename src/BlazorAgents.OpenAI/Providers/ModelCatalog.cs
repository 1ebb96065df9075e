using Microsoft.Extensions.Logging;

namespace BlazorAgents.OpenAI.Providers;

/// <summary>The models a person may choose from: the provider's list, kept for five minutes, or the configured ones.</summary>
public sealed partial class ModelCatalog(ProviderClients clients, TimeProvider time, ILogger<ModelCatalog> logger) : IDisposable
{
    private static readonly TimeSpan s_keepFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly string[] s_notForChat =
    [
        "embedding", "whisper", "tts", "dall-e", "moderation", "image", "realtime", "audio", "transcribe", "sora", "babbage", "davinci",
    ];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IReadOnlyList<string>? _models;
    private DateTimeOffset _validUntil;

    /// <summary>Model ids, the default first. Never fails: without an answer it is the configured models.</summary>
    public async Task<IReadOnlyList<string>> GetModelIdsAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_models is null || time.GetUtcNow() >= _validUntil)
            {
                _models = await LoadAsync(cancellationToken);
                _validUntil = time.GetUtcNow() + s_keepFor;
            }

            return _models;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<IReadOnlyList<string>> LoadAsync(CancellationToken cancellationToken)
    {
        var info = clients.Info;
        string[] configured = [info.DefaultModelId, info.ResponsesModelId];
        if (info.Kind == ProviderKind.AzureOpenAI)
        {
            return [.. configured.Distinct()]; // Azure lists base models there, not deployments
        }

        using var timeout = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var models = await clients.Connection.Client.GetOpenAIModelClient().GetModelsAsync(either.Token);
            var listed = models.Value.Select(m => m.Id).Where(IsForChat).Order(StringComparer.Ordinal);
            return [.. configured.Concat(listed).Distinct()];
        }
#pragma warning disable CA1031 // a server without this list still chats
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var message = exception is Agents.AgentException known ? known.Message : clients.Connection.Errors.Translate(exception).Message;
            LogNoList(logger, message);
            return [.. configured.Distinct()];
        }
    }

    private static bool IsForChat(string id) => !s_notForChat.Any(part => id.Contains(part, StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(1, LogLevel.Warning, "The provider's models could not be listed; the configured ones are offered. {Reason}")]
    private static partial void LogNoList(ILogger logger, string reason);
}
