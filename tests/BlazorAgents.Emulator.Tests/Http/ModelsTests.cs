using System.Net;
using System.Text.Json;

namespace BlazorAgents.Emulator.Tests.Http;

public sealed class ModelsTests
{
    [Fact]
    public async Task Models_Listed_HoldTheDemo()
    {
        await using var client = await EmulatorClient.StartAsync();

        var (status, json) = await client.GetAsync("models");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("list", json.GetProperty("object").GetString());
        var demo = json.GetProperty("data").EnumerateArray().Single(model => model.GetProperty("id").GetString() == "demo-model");
        Assert.All(["id", "object", "created", "owned_by"], key => Assert.True(demo.TryGetProperty(key, out _), key));
        Assert.Equal(JsonValueKind.Number, demo.GetProperty("created").ValueKind);
    }

    [Theory]
    [InlineData("demo-model", HttpStatusCode.OK)]
    [InlineData("my-demo-2", HttpStatusCode.OK)]
    [InlineData("gpt-4o", HttpStatusCode.OK)]
    [InlineData("text-embedding-3-small", HttpStatusCode.OK)]
    [InlineData("claude", HttpStatusCode.NotFound)]
    public async Task Model_ById_IsFoundOrNot(string id, HttpStatusCode expected)
    {
        await using var client = await EmulatorClient.StartAsync();

        var (status, json) = await client.GetAsync("models/" + id);

        Assert.Equal(expected, status);
        Assert.Equal(expected == HttpStatusCode.OK, json.TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Server_Started_ListensOnLoopbackOnly()
    {
        await using var client = await EmulatorClient.StartAsync();

        Assert.Equal("127.0.0.1", client.Server.BaseUrl.Host);
        Assert.EndsWith("/v1", client.Server.BaseUrl.AbsoluteUri, StringComparison.Ordinal);
    }
}
