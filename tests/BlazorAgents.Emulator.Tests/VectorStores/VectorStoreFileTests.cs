using System.Text;
using System.Text.Json;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Testing.Fakes;
using OpenAI.VectorStores;

namespace BlazorAgents.Emulator.Tests.VectorStores;

public sealed class VectorStoreFileTests
{
    public static TheoryData<string, byte[], string> Unreadable => new()
    {
        { "a.pdf", "%PDF-1.7 binary"u8.ToArray(), "unsupported_file" },
        { "a.docx", [0x50, 0x4B, 3, 4, 0, 0], "unsupported_file" },
        { "renamed.txt", [0x89, 0x50, 0x4E, 0x47, 13, 10], "unsupported_file" },
        { "broken.txt", [0xC3, 0x28, 0xFF], "invalid_file" },
        { "nul.txt", [65, 0, 66], "invalid_file" },
        { "blank.txt", "  \n "u8.ToArray(), "invalid_file" },
        { "empty.txt", [], "invalid_file" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task File_NotText_FailsWithItsReason(string name, byte[] bytes, string code)
    {
        await using var server = await SdkServer.StartAsync();
        var stores = server.Client.GetVectorStoreClient();
        var store = await server.StoreAsync();
        var file = await server.FileAsync(name, bytes);

        await stores.AddFileToVectorStoreAsync(store, file);
        await server.IndexedAsync(store);

        VectorStoreFile failed = await stores.GetVectorStoreFileAsync(store, file);
        Assert.Equal((VectorStoreFileStatus.Failed, code), (failed.Status, failed.LastError.Code.ToString()));
        Assert.EndsWith(".", failed.LastError.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await stores.GetVectorStoreAsync(store)).Value.FileCounts.Failed);
        await Wire.RefusedAsync(400, "file_id", () => stores.RetrieveVectorStoreFileContentAsync(store, file, null));
    }

    [Theory]
    [InlineData("a.html", "<html><head><title>T</title><style>p{}</style></head><body><p>Tea &amp; cake</p><script>alert(1)</script><p>at five</p></body></html>", "Tea & cake\n\nat five")]
    [InlineData("a.json", "{\"tea\":\"cake\"}", "{\"tea\":\"cake\"}")]
    [InlineData("a.csv", "tea,cake\r\n1,2", "tea,cake\n1,2")]
    [InlineData("a.md", "# Tea\n\n<not html>", "# Tea\n\n<not html>")]
    public async Task File_OfText_IsReadByItsKind(string name, string text, string expected)
    {
        await using var server = await SdkServer.StartAsync();
        var stores = server.Client.GetVectorStoreClient();
        var store = await server.StoreAsync((name, text));
        var file = await stores.GetVectorStoreFilesAsync(store).FirstAsync();

        var content = (await stores.RetrieveVectorStoreFileContentAsync(store, file.FileId, null)).Json();

        Assert.Equal(VectorStoreFileStatus.Completed, file.Status);
        Assert.Equal("vector_store.file_content.page", content.Of("object"));
        Assert.Equal([expected], content.GetProperty("data").EnumerateArray().Select(part => part.Of("text")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task File_Utf16_IsRead(bool bigEndian)
    {
        await using var server = await SdkServer.StartAsync();
        var stores = server.Client.GetVectorStoreClient();
        var store = await server.StoreAsync();
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var file = await server.FileAsync("a.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes("Grüße 世界")]);

        await stores.AddFileToVectorStoreAsync(store, file);
        await server.IndexedAsync(store);

        Assert.Equal("Grüße 世界", (await stores.RetrieveVectorStoreFileContentAsync(store, file, null)).Json().GetProperty("data")[0].Of("text"));
    }

    [Fact]
    public async Task File_Long_IsCutWithOverlap()
    {
        await using var server = await SdkServer.StartAsync();
        var stores = server.Client.GetVectorStoreClient();
        var text = string.Join(' ', Enumerable.Range(0, 2000).Select(index => $"word{index}"));
        var file = await server.FileAsync("long.txt", text);
        var store = await server.StoreAsync();

        await stores.AddFileToVectorStoreAsync(store, Wire.Body(new { file_id = file, chunking_strategy = new { type = "static", @static = new { max_chunk_size_tokens = 200, chunk_overlap_tokens = 100 } } }));
        await server.IndexedAsync(store);

        VectorStoreFile kept = await stores.GetVectorStoreFileAsync(store, file);
        var strategy = Assert.IsType<StaticFileChunkingStrategy>(kept.ChunkingStrategy);
        Assert.Equal((200, 100), (strategy.MaxTokensPerChunk, strategy.OverlappingTokenCount));
        var chunks = (await stores.RetrieveVectorStoreFileContentAsync(store, file, null)).Json().GetProperty("data").EnumerateArray().Select(part => part.Of("text")).ToList();
        Assert.All(chunks, chunk => Assert.InRange(chunk.Length, 1, 800));
        Assert.Equal(Enumerable.Range(0, 2000).Select(index => $"word{index}"), chunks.SelectMany(chunk => chunk.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct());
        for (var index = 1; index < chunks.Count; index++)
        {
            var shared = chunks[index - 1].Split(' ').Intersect(chunks[index].Split(' ')).Sum(word => word.Length + 1);
            Assert.InRange(shared, 300, 420);
        }
    }

    [Fact]
    public async Task Files_ListedByStatus_UpdatedAndRemoved()
    {
        await using var server = await SdkServer.StartAsync();
        var stores = server.Client.GetVectorStoreClient();
        var good = await server.FileAsync("good.txt", "text");
        var bad = await server.FileAsync("bad.pdf", "%PDF-");
        VectorStore store = await stores.CreateVectorStoreAsync(new VectorStoreCreationOptions { FileIds = { good, bad } });
        await server.IndexedAsync(store.Id);

        var failed = await stores.GetVectorStoreFilesAsync(store.Id, new VectorStoreFileCollectionOptions { Filter = VectorStoreFileStatusFilter.Failed }).ToListAsync();
        VectorStoreFile updated = await stores.UpdateVectorStoreFileAttributesAsync(store.Id, good, new Dictionary<string, BinaryData> { ["year"] = BinaryData.FromObjectAsJson(2025), ["open"] = BinaryData.FromObjectAsJson(true) });
        var removed = await stores.RemoveFileFromVectorStoreAsync(store.Id, bad);

        Assert.Equal([bad], failed.Select(file => file.FileId));
        Assert.Equal("2025", updated.Attributes["year"].ToString());
        Assert.True(removed.Value.Removed);
        Assert.Equal([good], await stores.GetVectorStoreFilesAsync(store.Id).Select(file => file.FileId).ToListAsync());
        await Wire.RefusedAsync(404, "file_id", () => stores.GetVectorStoreFileAsync(store.Id, bad));
        await Wire.RefusedAsync(400, "attributes.a", () => stores.UpdateVectorStoreFileAttributesAsync(store.Id, good, Wire.Text("""{"attributes":{"a":[]}}""")));
    }

    [Fact]
    public async Task File_DeletedFromFiles_LeavesItsStores()
    {
        await using var server = await SdkServer.StartAsync();
        var stores = server.Client.GetVectorStoreClient();
        var store = await server.StoreAsync(("vacation.md", Shelf.Vacation));
        var file = await stores.GetVectorStoreFilesAsync(store).FirstAsync();

        await server.Client.GetOpenAIFileClient().DeleteFileAsync(file.FileId);

        Assert.Empty(await stores.GetVectorStoreFilesAsync(store).ToListAsync());
        Assert.Empty(server.Server.State.VectorStores.Search([store], "vacation days", 5));
    }

    [Fact]
    public async Task Batch_OwnAttributesPerFile_AreKept()
    {
        await using var server = await SdkServer.StartAsync();
        var stores = server.Client.GetVectorStoreClient();
        var store = await server.StoreAsync();
        var one = await server.FileAsync("one.txt", "one");
        var two = await server.FileAsync("two.txt", "two");

        var batch = (await stores.AddFileBatchToVectorStoreAsync(store, Wire.Body(new
        {
            files = new object[] { new { file_id = one, attributes = new { n = 1 } }, new { file_id = two } },
            attributes = new { n = 2 },
        }))).Json().Of("id");
        await server.IndexedAsync(store);

        Assert.Equal(VectorStoreFileBatchStatus.Completed, (await stores.GetVectorStoreFileBatchAsync(store, batch)).Value.Status);
        var files = await stores.GetVectorStoreFilesInBatchAsync(store, batch, new VectorStoreFileCollectionOptions { Order = VectorStoreFileCollectionOrder.Ascending }).ToListAsync();
        Assert.Equal([(one, "1"), (two, "2")], files.Select(file => (file.FileId, file.Attributes["n"].ToString())));
    }

    [Fact]
    public async Task Batch_Cancelled_KeepsWhatWasReady()
    {
        var time = new ManualTimeProvider();
        var step = TimeSpan.FromSeconds(5);
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, TimeProvider = time, IndexingTime = step });
        var stores = server.Client.GetVectorStoreClient();
        VectorStore store = await stores.CreateVectorStoreAsync();
        VectorStoreFileBatch batch = await stores.AddFileBatchToVectorStoreAsync(store.Id, [await server.FileAsync("1.txt", "one"), await server.FileAsync("2.txt", "two")]);
        Assert.Equal((VectorStoreFileBatchStatus.InProgress, 2), (batch.Status, batch.FileCounts.InProgress));
        Assert.Equal(VectorStoreStatus.InProgress, (await stores.GetVectorStoreAsync(store.Id)).Value.Status);
        await time.WaitForTimerAsync(step);
        time.Advance(step);
        await time.WaitForTimerAsync(step);

        VectorStoreFileBatch cancelled = await stores.CancelVectorStoreFileBatchAsync(store.Id, batch.BatchId);

        Assert.Equal((VectorStoreFileBatchStatus.Cancelled, 1, 1), (cancelled.Status, cancelled.FileCounts.Completed, cancelled.FileCounts.Cancelled));
        time.Advance(step);
        await server.IndexedAsync(store.Id);
        Assert.Equal((1, 1), (await stores.GetVectorStoreAsync(store.Id)).Value.FileCounts is var counts ? (counts.Completed, counts.Cancelled) : default);
    }

    [Theory]
    [InlineData("{}", "file_ids")]
    [InlineData("""{"file_ids":[],"files":[]}""", "files")]
    [InlineData("""{"file_ids":[]}""", "file_ids")]
    [InlineData("""{"files":[{}]}""", "files[0].file_id")]
    [InlineData("""{"files":{}}""", "files")]
    public async Task Batch_Wrong_IsRefusedByName(string body, string param)
    {
        await using var server = await SdkServer.StartAsync();
        var store = await server.StoreAsync();

        await Wire.RefusedAsync(400, param, () => server.Client.GetVectorStoreClient().AddFileBatchToVectorStoreAsync(store, Wire.Text(body)));
    }
}
