using BlazorAgents.Emulator.Demo;
using BlazorAgents.Testing.Fakes;
using OpenAI.VectorStores;

namespace BlazorAgents.Emulator.Tests.VectorStores;

public sealed class VectorStoreTests
{
    [Fact]
    public async Task Store_CreateGetModifyListDelete_WorkBySdk()
    {
        await using var server = await SdkServer.StartAsync();
        var stores = server.Client.GetVectorStoreClient();
        var file = await server.FileAsync("vacation.md", Shelf.Vacation);

        VectorStore made = await stores.CreateVectorStoreAsync(new VectorStoreCreationOptions { Name = "hr", FileIds = { file }, Metadata = { ["team"] = "people" } });
        Assert.Equal(VectorStoreStatus.InProgress, made.Status);
        await server.IndexedAsync(made.Id);

        VectorStore found = await stores.GetVectorStoreAsync(made.Id);
        Assert.Equal((VectorStoreStatus.Completed, 1, 1), (found.Status, found.FileCounts.Completed, found.FileCounts.Total));
        Assert.True(found.UsageBytes > 0);
        VectorStore changed = await stores.ModifyVectorStoreAsync(made.Id, new VectorStoreModificationOptions { Name = "people", Metadata = { ["team"] = "all" } });
        Assert.Equal(("people", "all"), (changed.Name, changed.Metadata["team"]));
        VectorStore other = await stores.CreateVectorStoreAsync();
        Assert.Equal([other.Id, made.Id], await stores.GetVectorStoresAsync().Select(store => store.Id).ToListAsync());
        Assert.True((await stores.DeleteVectorStoreAsync(made.Id)).Value.Deleted);
        await Wire.RefusedAsync(404, "vector_store_id", () => stores.GetVectorStoreAsync(made.Id));
    }

    [Fact]
    public async Task Store_AfterItsDays_IsExpiredAndNotSearched()
    {
        var time = new ManualTimeProvider();
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, TimeProvider = time });
        var stores = server.Client.GetVectorStoreClient();
        var id = await server.StoreAsync(("vacation.md", Shelf.Vacation));
        await stores.ModifyVectorStoreAsync(id, new VectorStoreModificationOptions { ExpirationPolicy = new VectorStoreExpirationPolicy(VectorStoreExpirationAnchor.LastActiveAt, 2) });
        time.Advance(TimeSpan.FromDays(1));
        await stores.SearchVectorStoreAsync(id, Wire.Body(new { query = "vacation" }));

        // The search was activity: the two days start again.
        time.Advance(TimeSpan.FromDays(1.5));
        Assert.Equal(VectorStoreStatus.Completed, (await stores.GetVectorStoreAsync(id)).Value.Status);
        time.Advance(TimeSpan.FromDays(1));

        VectorStore expired = await stores.GetVectorStoreAsync(id);
        Assert.Equal(VectorStoreStatus.Expired, expired.Status);
        Assert.True(expired.ExpiresAt <= time.GetUtcNow());
        await Wire.RefusedAsync(400, "vector_store_id", () => stores.SearchVectorStoreAsync(id, Wire.Body(new { query = "vacation" })));
        var file = await server.FileAsync("new.txt", "text");
        await Wire.RefusedAsync(400, "vector_store_id", () => stores.AddFileToVectorStoreAsync(id, file));

        // Its files can still be listed, to make a new store of them.
        Assert.Single(await stores.GetVectorStoreFilesAsync(id).ToListAsync());
    }

    [Theory]
    [InlineData("""{"file_ids":["file-unknown"]}""", 404, "file_ids[0]")]
    [InlineData("""{"file_ids":"file-unknown"}""", 400, "file_ids")]
    [InlineData("""{"expires_after":{"anchor":"created_at","days":1}}""", 400, "expires_after.anchor")]
    [InlineData("""{"expires_after":{"anchor":"last_active_at","days":366}}""", 400, "expires_after.days")]
    [InlineData("""{"metadata":{"a":1}}""", 400, "metadata.a")]
    [InlineData("""{"chunking_strategy":{"type":"static","static":{"max_chunk_size_tokens":50,"chunk_overlap_tokens":10}}}""", 400, "chunking_strategy.static.max_chunk_size_tokens")]
    [InlineData("""{"chunking_strategy":{"type":"static","static":{"max_chunk_size_tokens":100,"chunk_overlap_tokens":51}}}""", 400, "chunking_strategy.static.chunk_overlap_tokens")]
    [InlineData("""{"chunking_strategy":{"type":"paragraphs"}}""", 400, "chunking_strategy.type")]
    public async Task Create_Wrong_IsRefusedByName(string body, int status, string param)
    {
        await using var server = await SdkServer.StartAsync();

        await Wire.RefusedAsync(status, param, () => server.Client.GetVectorStoreClient().CreateVectorStoreAsync(Wire.Text(body)));
    }

    [Fact]
    public async Task Store_IdOfAnotherKind_IsNamed()
    {
        await using var server = await SdkServer.StartAsync();

        var error = await Wire.RefusedAsync(400, "vector_store_id", () => server.Client.GetVectorStoreClient().GetVectorStoreAsync("file-123"));

        Assert.Contains("begins with 'vs'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stores_PagedBothWays_GiveEachOnce()
    {
        await using var server = await SdkServer.StartAsync();
        var stores = server.Client.GetVectorStoreClient();
        var ids = new List<string>();
        for (var index = 0; index < 5; index++)
        {
            ids.Add((await stores.CreateVectorStoreAsync()).Value.Id);
        }

        var ascending = await stores.GetVectorStoresAsync(new VectorStoreCollectionOptions { PageSizeLimit = 2, Order = VectorStoreCollectionOrder.Ascending }).Select(store => store.Id).ToListAsync();
        var before = await stores.GetVectorStoresAsync(2, "asc", null!, ids[3], null!).GetRawPagesAsync().FirstAsync();

        Assert.Equal(ids, ascending);
        Assert.Equal(ids[1..3], before.Json().GetProperty("data").EnumerateArray().Select(store => store.Of("id")));
    }
}
