using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlazorAgents.Emulator.Tests.Http;

public sealed class EmbeddingsTests
{
    [Fact]
    public async Task Embeddings_SharedWords_AreNearer()
    {
        await using var client = await EmulatorClient.StartAsync();

        var vectors = await VectorsAsync(client, new JsonArray("How many vacation days do employees get?", "Employees get 25 vacation days a year.", "The printer needs new toner."));

        Assert.True(Dot(vectors[0], vectors[1]) > Dot(vectors[0], vectors[2]) + 0.2);
        Assert.Equal(1, Dot(vectors[0], vectors[0]), 3);
    }

    [Fact]
    public async Task Embeddings_Base64AndFloat_AreTheSame()
    {
        await using var client = await EmulatorClient.StartAsync();
        var body = new JsonObject { ["model"] = "text-embedding-3-small", ["input"] = "hello world", ["dimensions"] = 64 };
        var asFloats = (await client.PostAsync("embeddings", body)).Json.GetProperty("data")[0].GetProperty("embedding");
        body["encoding_format"] = "base64";

        var asText = (await client.PostAsync("embeddings", body)).Json.GetProperty("data")[0].GetProperty("embedding").GetString()!;

        Assert.Equal(64, asFloats.GetArrayLength());
        Assert.Equal(asFloats.EnumerateArray().Select(value => value.GetSingle()), MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(asText)).ToArray());
    }

    [Theory]
    [InlineData("text-embedding-3-small", 1536)]
    [InlineData("text-embedding-3-large", 3072)]
    public async Task Embeddings_WithoutDimensions_HaveTheModelsLength(string model, int expected)
    {
        await using var client = await EmulatorClient.StartAsync();

        var (_, json) = await client.PostAsync("embeddings", new JsonObject { ["model"] = model, ["input"] = new JsonArray(new JsonArray(1, 2, 3)) });

        Assert.Equal(expected, json.GetProperty("data")[0].GetProperty("embedding").GetArrayLength());
        Assert.All(["object", "model", "data", "usage"], key => Assert.True(json.TryGetProperty(key, out _), key));
    }

    [Theory]
    [InlineData("""{"model":"text-embedding-3-small"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"text-embedding-3-small","input":""}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"text-embedding-3-small","input":[]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"text-embedding-3-small","input":{}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"text-embedding-3-small","input":["\ud800"]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"text-embedding-3-small","input":"x","dimensions":0}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"text-embedding-3-small","input":"x","encoding_format":"hex"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"other","input":"x"}""", HttpStatusCode.NotFound)]
    public async Task Embeddings_Wrong_AreRefused(string body, HttpStatusCode expected)
    {
        await using var client = await EmulatorClient.StartAsync();

        var (status, json) = await client.PostTextAsync("embeddings", body);

        Assert.Equal(expected, status);
        Assert.True(json.GetProperty("error").TryGetProperty("message", out _));
    }

    private static async Task<List<float[]>> VectorsAsync(EmulatorClient client, JsonArray input)
    {
        var (_, json) = await client.PostAsync("embeddings", new JsonObject { ["model"] = "demo-embedding", ["input"] = input });
        return [.. json.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray())];
    }

    private static float Dot(float[] left, float[] right) => left.Zip(right, (a, b) => a * b).Sum();
}
