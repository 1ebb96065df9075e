using BlazorAgents.Emulator.Embeddings;
using BlazorAgents.Emulator.Weather;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator;

/// <summary>What every brain gets for free: models, embeddings, demo weather and OpenAI's answer to an unknown path.</summary>
internal static class BuiltInEndpoints
{
    private const string ModelsPath = "/v1/models";

    public static Task AnswerAsync(Exchange exchange, IBrain brain)
    {
        var path = exchange.Path.Length > 1 ? exchange.Path.TrimEnd('/') : exchange.Path;
        if (StoreEndpoints.Answer(exchange, brain, path) is { } answer)
        {
            return answer;
        }

        return (exchange.Method, path) switch
        {
            ("GET", ModelsPath) => WriteModelsAsync(exchange, brain),
            ("GET", _) when path.StartsWith(ModelsPath + "/", StringComparison.Ordinal) => WriteModelAsync(exchange, brain, path[(ModelsPath.Length + 1)..]),
            ("POST", "/v1/embeddings") => EmbeddingsEndpoint.AnswerAsync(exchange),
            ("GET", _) when DemoWeather.Answer(exchange.Http.Request) is { } weather => WireJson.WriteAsync(exchange, weather),
            (_, ModelsPath or "/v1/embeddings" or "/v1/chat/completions") => throw new ApiErrorException(ApiError.MethodNotAllowed(exchange)),
            _ => throw new ApiErrorException(ApiError.UnknownUrl(exchange)),
        };
    }

    private static Task WriteModelsAsync(Exchange exchange, IBrain brain) =>
        WireJson.WriteAsync(exchange, new { @object = "list", data = brain.Models.Concat(EmbeddingsEndpoint.Models).Select(Describe) });

    private static Task WriteModelAsync(Exchange exchange, IBrain brain, string id) =>
        brain.Knows(id) || EmbeddingsEndpoint.Knows(id)
            ? WireJson.WriteAsync(exchange, Describe(id))
            : throw new ApiErrorException(ApiError.ModelNotFound(id));

    private static object Describe(string id) => new { id, @object = "model", created = 1_700_000_000, owned_by = "blazoragents-emulator" };
}
