using System.Globalization;
using System.Text.Json;
using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Probe;

/// <summary>The tests beyond Chat Completions. What one makes on the server, it removes.</summary>
/// <param name="wire">The way to the server.</param>
/// <param name="responsesModel">The model of responses and assistants.</param>
/// <param name="kind">Which service it is.</param>
/// <param name="time">The clock.</param>
/// <remarks>Making and removing run to their end even when the person stops the test: an aborted request may leave something behind.</remarks>
internal sealed class ResourceProbe(ProbeWire wire, string responsesModel, ProviderKind kind, TimeProvider time)
{
    private const string DefaultEmbeddingModel = "text-embedding-3-small";
    private static readonly TimeSpan s_removalLimit = TimeSpan.FromSeconds(10);

    public async Task<ProbeOutcome> RespondAsync(CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new { model = responsesModel, input = "Say OK.", max_output_tokens = 16, store = false });
        var response = await wire.PostAsync("responses", body, cancellationToken);
        Expect(response, "response");
        return Text(response, "status") is "failed"
            ? ProbeOutcome.Unknown("The server made a response, which failed.")
            : ProbeOutcome.Yes($"The model {responsesModel} answered.");
    }

    public async Task<ProbeOutcome> RespondInBackgroundAsync(CancellationToken limit)
    {
        var body = JsonSerializer.Serialize(new { model = responsesModel, input = "Say OK.", max_output_tokens = 16, store = true, background = true });
        var response = await wire.PostAsync("responses", body, limit);
        var id = Expect(response, "response");
        var pending = Text(response, "status") is "queued" or "in_progress";
        var honoured = pending || (response.TryGetProperty("background", out var flag) && flag.ValueKind == JsonValueKind.True);
        return await RemoveAsync($"responses/{id}", id, pending, honoured
            ? ProbeOutcome.Yes("The server took the work and answered before it was done.")
            : ProbeOutcome.No("The server answered at once and ignored that the work should go on in the background."));
    }

    public Task<ProbeOutcome> ConverseAsync(CancellationToken limit) => MakeAsync(
        "conversations", """{"metadata":{"purpose":"connection test"}}""", "conversation", "The server made a conversation.", limit);

    public Task<ProbeOutcome> StoreVectorsAsync(CancellationToken limit) => MakeAsync(
        "vector_stores",
        """{"name":"Connection test","expires_after":{"anchor":"last_active_at","days":1}}""",
        "vector_store",
        "The server made a vector store.",
        limit);

    public async Task<ProbeOutcome> AssistAsync(CancellationToken limit)
    {
        try
        {
            var body = JsonSerializer.Serialize(new { model = responsesModel, name = "Connection test" });
            return await MakeAsync("assistants", body, "assistant", "The server made an assistant.", limit);
        }
        catch (ProbeException failed) when (failed.Outcome.Support == CapabilitySupport.No && kind is ProviderKind.OpenAI or ProviderKind.AzureOpenAI)
        {
            return ProbeOutcome.No(failed.Outcome.Detail + " The Assistants API was switched off on 2026-08-26; agents of this type run over Conversations and Responses.");
        }
    }

    public async Task<ProbeOutcome> EmbedAsync(CancellationToken cancellationToken)
    {
        var model = await FindEmbeddingModelAsync(cancellationToken);
        try
        {
            var body = JsonSerializer.Serialize(new { model, input = "test", encoding_format = "float" });
            var answer = await wire.PostAsync("embeddings", body, cancellationToken);
            return answer.TryGetProperty("data", out var data) && data is { ValueKind: JsonValueKind.Array } && data.GetArrayLength() > 0
                && data[0].ValueKind == JsonValueKind.Object && data[0].TryGetProperty("embedding", out var vector) && vector.ValueKind == JsonValueKind.Array
                ? ProbeOutcome.Yes(string.Create(CultureInfo.InvariantCulture, $"{model} gives vectors of {vector.GetArrayLength()} numbers."))
                : ProbeWords.NotTheWire();
        }
        catch (ProbeException failed)
        {
            return failed.Outcome with { Detail = $"Asked for {model}: {failed.Outcome.Detail}" };
        }
    }

    private async Task<string> FindEmbeddingModelAsync(CancellationToken cancellationToken)
    {
        if (kind == ProviderKind.AzureOpenAI)
        {
            return DefaultEmbeddingModel; // Azure lists base models, not deployments
        }

        try
        {
            var list = await wire.GetAsync("models", cancellationToken);
            var ids = list.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
                ? data.EnumerateArray().Where(model => model.ValueKind == JsonValueKind.Object).Select(model => Text(model, "id")).OfType<string>().ToList()
                : [];
            return ids.Contains(DefaultEmbeddingModel) ? DefaultEmbeddingModel
                : ids.FirstOrDefault(id => id.Contains("embed", StringComparison.OrdinalIgnoreCase) && id.Length <= 200) ?? DefaultEmbeddingModel;
        }
        catch (ProbeException)
        {
            return DefaultEmbeddingModel; // a server without this list may still embed
        }
    }

    private async Task<ProbeOutcome> MakeAsync(string path, string body, string type, string done, CancellationToken limit)
    {
        var id = Expect(await wire.PostAsync(path, body, limit), type);
        return await RemoveAsync($"{path}/{id}", id, cancelFirst: false, ProbeOutcome.Yes(done));
    }

    private async Task<ProbeOutcome> RemoveAsync(string path, string id, bool cancelFirst, ProbeOutcome outcome)
    {
        using var limit = new CancellationTokenSource(s_removalLimit, time);
        try
        {
            if (cancelFirst)
            {
                await TryCancelAsync(path, limit.Token);
            }

            await wire.DeleteAsync(path, limit.Token);
            return outcome;
        }
#pragma warning disable CA1031 // whatever the reason is: the person must learn that something was left behind
        catch (Exception)
#pragma warning restore CA1031
        {
            return outcome with { Detail = $"{outcome.Detail} It could not be removed from the server: {id}." };
        }
    }

    private async Task TryCancelAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await wire.PostAsync($"{path}/cancel", "{}", cancellationToken);
        }
        catch (ProbeException)
        {
            // it ended by itself meanwhile
        }
    }

    /// <summary>The id of an object of this type. The server's ids go into addresses, so odd ones are refused.</summary>
    private static string Expect(JsonElement answer, string type) =>
        Text(answer, "object") == type && Text(answer, "id") is { Length: > 0 and <= 200 } id && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? id
            : throw new ProbeException(ProbeWords.NotTheWire());

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
