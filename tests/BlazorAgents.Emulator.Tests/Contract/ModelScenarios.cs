using System.Net;
using OpenAI.Embeddings;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Models and embeddings.</summary>
internal static class ModelScenarios
{
    public static IReadOnlyList<ContractScenario> All { get; } = [new("models", ModelsAsync), new("embeddings", EmbeddingsAsync)];

    private static async Task ModelsAsync(ContractSession session)
    {
        var models = (await session.Sdk.GetOpenAIModelClient().GetModelsAsync()).Value;
        Assert.Contains(models, model => model.Id == "demo-model");
        Assert.Equal("demo-model", (await session.Sdk.GetOpenAIModelClient().GetModelAsync("demo-model")).Value.Id);
        await session.GetAsync("models/claude", HttpStatusCode.NotFound);
    }

    private static async Task EmbeddingsAsync(ContractSession session)
    {
        var client = session.Sdk.GetEmbeddingClient("text-embedding-3-small");
        var vectors = (await client.GenerateEmbeddingsAsync(["one", "two"], new EmbeddingGenerationOptions { Dimensions = 64, EndUserId = "u" })).Value;
        Assert.All(vectors, vector => Assert.Equal(64, vector.ToFloats().Length));

        await session.PostAsync("embeddings", """{"model":"text-embedding-3-small","input":"x"}""");
        await session.PostAsync("embeddings", """{"model":"text-embedding-3-small","input":[[1,2,3]],"encoding_format":"float"}""");
        await session.PostAsync("embeddings", """{"model":"text-embedding-3-small","input":""}""", HttpStatusCode.BadRequest);
        await session.PostAsync("embeddings", """{"model":"other","input":"x"}""", HttpStatusCode.NotFound);
    }
}
