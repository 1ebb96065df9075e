using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlazorAgents.Emulator.Tests.VectorStores;

public sealed class VectorSearchTests
{
    [Theory]
    [InlineData("How many vacation days do employees get?", "vacation.md")]
    [InlineData("Which toner light blinks?", "printer.md")]
    [InlineData("hotel prices for a night", "travel.md")]
    public async Task Search_Question_FindsItsFileFirst(string query, string expected)
    {
        await using var server = await SdkServer.StartAsync();
        var store = await FullStoreAsync(server);

        var page = (await server.Client.GetVectorStoreClient().SearchVectorStoreAsync(store, Wire.Body(new { query }))).Json();

        Assert.Equal("vector_store.search_results.page", page.Of("object"));
        Assert.Equal([query], page.GetProperty("search_query").EnumerateArray().Select(item => item.GetString()));
        var hits = page.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(expected, hits[0].Of("filename"));
        Assert.All(hits, hit => Assert.InRange(hit.GetProperty("score").GetDouble(), 0, 1));
        Assert.Equal(hits.Select(hit => hit.GetProperty("score").GetDouble()).OrderDescending(), hits.Select(hit => hit.GetProperty("score").GetDouble()));
        Assert.NotEqual("", hits[0].GetProperty("content")[0].Of("text"));
    }

    [Theory]
    [InlineData("""{"type":"eq","key":"kind","value":"policy"}""", "travel.md,vacation.md")]
    [InlineData("""{"type":"ne","key":"kind","value":"policy"}""", "printer.md")]
    [InlineData("""{"type":"gt","key":"year","value":2024}""", "travel.md")]
    [InlineData("""{"type":"gte","key":"year","value":2024}""", "travel.md,vacation.md")]
    [InlineData("""{"type":"lt","key":"year","value":2024}""", "")]
    [InlineData("""{"type":"lte","key":"year","value":2024}""", "vacation.md")]
    [InlineData("""{"type":"in","key":"year","value":[2024,1999]}""", "vacation.md")]
    [InlineData("""{"type":"nin","key":"year","value":[2024]}""", "printer.md,travel.md")]
    [InlineData("""{"type":"eq","key":"public","value":true}""", "printer.md")]
    [InlineData("""{"type":"and","filters":[{"type":"eq","key":"kind","value":"policy"},{"type":"or","filters":[{"type":"eq","key":"year","value":2025},{"type":"eq","key":"year","value":1}]}]}""", "travel.md")]
    public async Task Search_Filtered_SeesOnlyThoseFiles(string filters, string expected)
    {
        await using var server = await SdkServer.StartAsync();
        var store = await FullStoreAsync(server);
        var body = new JsonObject { ["query"] = "vacation toner hotels", ["filters"] = JsonNode.Parse(filters) };

        var page = (await server.Client.GetVectorStoreClient().SearchVectorStoreAsync(store, Wire.Text(body.ToJsonString()))).Json();

        Assert.Equal(expected, string.Join(',', page.GetProperty("data").EnumerateArray().Select(hit => hit.Of("filename")).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Search_LimitThresholdAndRewriting_AreKept()
    {
        await using var server = await SdkServer.StartAsync();
        var store = await FullStoreAsync(server);
        var stores = server.Client.GetVectorStoreClient();

        var one = (await stores.SearchVectorStoreAsync(store, Wire.Body(new { query = "vacation toner hotels", max_num_results = 1 }))).Json();
        var strict = (await stores.SearchVectorStoreAsync(store, Wire.Body(new { query = "vacation policy employees", ranking_options = new { ranker = "auto", score_threshold = 0.99 } }))).Json();
        var vectors = (await stores.SearchVectorStoreAsync(store, Wire.Body(new { query = "vacation", ranking_options = new { ranker = "none" } }))).Json();
        var words = (await stores.SearchVectorStoreAsync(store, Wire.Body(new { query = "vacation" }))).Json();
        var rewritten = (await stores.SearchVectorStoreAsync(store, Wire.Body(new { query = new[] { "What is the price of a hotel?", "toner" }, rewrite_query = true }))).Json();

        Assert.Equal(1, one.GetProperty("data").GetArrayLength());
        Assert.Equal(0, strict.GetProperty("data").GetArrayLength());
        Assert.True(Score(vectors) < Score(words));
        Assert.Equal(["price hotel", "toner"], rewritten.GetProperty("search_query").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(["printer.md", "travel.md"], rewritten.GetProperty("data").EnumerateArray().Select(hit => hit.Of("filename")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Search_InProcess_CoversSeveralStores()
    {
        await using var server = await SdkServer.StartAsync();
        var first = await server.StoreAsync(("vacation.md", Shelf.Vacation));
        var second = await server.StoreAsync(("printer.md", Shelf.Printer));

        var hits = server.Server.State.VectorStores.Search([first, second], "vacation toner", 10);

        Assert.Equal(["printer.md", "vacation.md"], hits.Select(hit => hit.FileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{}", "query")]
    [InlineData("""{"query":""}""", "query")]
    [InlineData("""{"query":[]}""", "query")]
    [InlineData("""{"query":[1]}""", "query[0]")]
    [InlineData("""{"query":"x","max_num_results":51}""", "max_num_results")]
    [InlineData("""{"query":"x","max_num_results":0}""", "max_num_results")]
    [InlineData("""{"query":"x","ranking_options":{"ranker":"best"}}""", "ranking_options.ranker")]
    [InlineData("""{"query":"x","ranking_options":{"score_threshold":2}}""", "ranking_options.score_threshold")]
    [InlineData("""{"query":"x","filters":[]}""", "filters")]
    [InlineData("""{"query":"x","filters":{"key":"a","value":1}}""", "filters.type")]
    [InlineData("""{"query":"x","filters":{"type":"eq","value":1}}""", "filters.key")]
    [InlineData("""{"query":"x","filters":{"type":"eq","key":"a"}}""", "filters.value")]
    [InlineData("""{"query":"x","filters":{"type":"in","key":"a","value":1}}""", "filters.value")]
    [InlineData("""{"query":"x","filters":{"type":"gt","key":"a","value":true}}""", "filters.value")]
    [InlineData("""{"query":"x","filters":{"type":"and","filters":[{"type":"near"}]}}""", "filters.filters[0].type")]
    public async Task Search_Wrong_IsRefusedByName(string body, string param)
    {
        await using var server = await SdkServer.StartAsync();
        var store = await server.StoreAsync();

        await Wire.RefusedAsync(400, param, () => server.Client.GetVectorStoreClient().SearchVectorStoreAsync(store, Wire.Text(body)));
    }

    private static double Score(JsonElement page) => page.GetProperty("data")[0].GetProperty("score").GetDouble();

    private static async Task<string> FullStoreAsync(SdkServer server)
    {
        var store = await server.StoreAsync();
        await server.Client.GetVectorStoreClient().AddFileBatchToVectorStoreAsync(store, Wire.Body(new
        {
            files = new object[]
            {
                new { file_id = await server.FileAsync("vacation.md", Shelf.Vacation), attributes = new { kind = "policy", year = 2024 } },
                new { file_id = await server.FileAsync("travel.md", Shelf.Travel), attributes = new { kind = "policy", year = 2025 } },
                new { file_id = await server.FileAsync("printer.md", Shelf.Printer), attributes = new { kind = "manual", @public = true } },
            },
        }));
        await server.IndexedAsync(store);
        return store;
    }
}
