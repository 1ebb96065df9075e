using System.Net;
using System.Text.Json.Nodes;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Vector stores, their files, batches and searches.</summary>
internal static class VectorStoreScenarios
{
    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        new("vector stores: made, listed, changed, deleted", StoresAsync),
        new("vector stores: files", FilesAsync),
        new("vector stores: files that cannot be read", FailedFilesAsync),
        new("vector stores: batches", BatchesAsync),
        new("vector stores: search", SearchAsync),
        new("vector stores: the SDK", SdkAsync),
        new("vector stores: wrong requests", WrongAsync),
    ];

    private static async Task StoresAsync(ContractSession session)
    {
        var file = await session.UploadAsync("a.txt", "Employees get 25 vacation days.");
        var empty = await session.PostJsonAsync("vector_stores", "{}");
        var store = await session.PostJsonAsync("vector_stores",
            $$$$"""{"name":"handbook","description":"All of it.","file_ids":["{{{{file}}}}"],"expires_after":{"anchor":"last_active_at","days":7},"metadata":{"a":"b"},"chunking_strategy":{"type":"static","static":{"max_chunk_size_tokens":200,"chunk_overlap_tokens":50}}}""");

        await session.UntilAsync($"vector_stores/{store["id"]}", found => (string)found["status"]! == "completed");
        await session.PostAsync($"vector_stores/{store["id"]}", """{"name":"rules","expires_after":null,"metadata":{}}""");
        var page = await session.GetJsonAsync("vector_stores?limit=1&order=asc");
        await session.GetAsync($"vector_stores?after={page["last_id"]}");
        await session.GetAsync($"vector_stores?before={page["last_id"]}");
        await session.DeleteAsync($"vector_stores/{store["id"]}");
        await session.DeleteAsync($"vector_stores/{empty["id"]}");
    }

    private static async Task FilesAsync(ContractSession session)
    {
        var (store, file) = await FilledAsync(session, """{"type":"auto"}""");
        var path = $"vector_stores/{store}/files";

        await session.GetAsync(path + "?limit=5&order=desc&filter=completed");
        await session.PostAsync($"{path}/{file}", """{"attributes":{"year":2026,"public":true,"by":"hr"}}""");
        await session.PostAsync($"{path}/{file}", """{"attributes":null}""");
        Assert.Contains("vacation", await session.GetAsync($"{path}/{file}/content"), StringComparison.Ordinal);
        await session.DeleteAsync($"{path}/{file}");
    }

    private static async Task FailedFilesAsync(ContractSession session)
    {
        var picture = await session.UploadAsync("a.png", "\u0089PNG");
        var empty = await session.UploadAsync("a.txt", " ");
        var store = (string)(await session.PostJsonAsync("vector_stores", "{}"))["id"]!;
        foreach (var file in new[] { picture, empty })
        {
            using var content = new StringContent(new JsonObject { ["file_id"] = file }.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
            using var added = await session.Http.PostAsync($"vector_stores/{store}/files", content);
            if (added.IsSuccessStatusCode)
            {
                await session.UntilAsync($"vector_stores/{store}/files/{file}", found => (string)found["status"]! != "in_progress");
            }
        }

        await session.GetAsync($"vector_stores/{store}/files?filter=failed");
        await session.GetAsync($"vector_stores/{store}");
    }

    private static async Task BatchesAsync(ContractSession session)
    {
        var (store, file) = await FilledAsync(session, null);
        var other = await session.UploadAsync("b.md", "# Printer\nIt needs toner.");
        var path = $"vector_stores/{store}/file_batches";
        var batch = await session.PostJsonAsync(path, $$$"""{"file_ids":["{{{file}}}","{{{other}}}"],"attributes":{"a":"b"},"chunking_strategy":{"type":"auto"}}""");
        var each = await session.PostJsonAsync(path, $$$$"""{"files":[{"file_id":"{{{{other}}}}","attributes":{"a":1},"chunking_strategy":{"type":"static","static":{"max_chunk_size_tokens":100,"chunk_overlap_tokens":0}}}]}""");

        await session.UntilAsync($"{path}/{batch["id"]}", found => (string)found["status"]! == "completed");
        await session.UntilAsync($"{path}/{each["id"]}", found => (string)found["status"]! == "completed");
        await session.GetAsync($"{path}/{batch["id"]}/files?limit=1&order=asc&filter=completed");
        var third = await session.PostJsonAsync(path, $$"""{"file_ids":["{{await session.UploadAsync("c.txt", "three")}}"]}""");
        using var cancelled = await session.Http.PostAsync($"{path}/{third["id"]}/cancel", null);
        Assert.True(cancelled.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest);
    }

    private static async Task SearchAsync(ContractSession session)
    {
        var (store, _) = await FilledAsync(session, null, """{"year":2026,"by":"hr"}""");
        var path = $"vector_stores/{store}/search";

        var found = await session.PostJsonAsync(path, """{"query":"How many vacation days?","max_num_results":3,"rewrite_query":true,"ranking_options":{"ranker":"auto","score_threshold":0}}""");
        Assert.NotEmpty(found["data"]!.AsArray());
        await session.PostAsync(path, """{"query":["vacation","toner"],"filters":{"type":"eq","key":"by","value":"hr"}}""");
        await session.PostAsync(path, """{"query":"vacation","filters":{"type":"and","filters":[{"type":"gte","key":"year","value":2025},{"type":"or","filters":[{"type":"in","key":"by","value":["hr","it"]}]}]}}""");
        await session.PostAsync(path, """{"query":7}""", HttpStatusCode.BadRequest);
    }

    private static async Task SdkAsync(ContractSession session)
    {
        var file = await session.UploadAsync("a.txt", "Employees get 25 vacation days.");
        var client = session.Sdk.GetVectorStoreClient();
        var options = new OpenAI.VectorStores.VectorStoreCreationOptions
        {
            Name = "handbook",
            ExpirationPolicy = new(OpenAI.VectorStores.VectorStoreExpirationAnchor.LastActiveAt, 3),
            ChunkingStrategy = OpenAI.VectorStores.FileChunkingStrategy.CreateStaticStrategy(400, 100),
        };
        options.FileIds.Add(file);
        OpenAI.VectorStores.VectorStore store = await client.CreateVectorStoreAsync(options);
        Assert.Equal(store.Id, ((OpenAI.VectorStores.VectorStore)await client.GetVectorStoreAsync(store.Id)).Id);
        await client.ModifyVectorStoreAsync(store.Id, new OpenAI.VectorStores.VectorStoreModificationOptions { Name = "rules" });
        await client.AddFileToVectorStoreAsync(store.Id, await session.UploadAsync("b.txt", "Toner."));
        await client.AddFileBatchToVectorStoreAsync(store.Id, [await session.UploadAsync("c.txt", "Paper.")]);
        await foreach (var one in client.GetVectorStoresAsync(new OpenAI.VectorStores.VectorStoreCollectionOptions { PageSizeLimit = 2 }))
        {
            Assert.NotNull(one.Id);
        }

        await client.RemoveFileFromVectorStoreAsync(store.Id, file);
        await client.DeleteVectorStoreAsync(store.Id);
    }

    private static async Task WrongAsync(ContractSession session)
    {
        await session.GetAsync("vector_stores/vs_none", HttpStatusCode.NotFound);
        await session.DeleteAsync("vector_stores/vs_none", HttpStatusCode.NotFound);
        await session.PostAsync("vector_stores", """{"file_ids":"x"}""", HttpStatusCode.BadRequest);
        var store = (string)(await session.PostJsonAsync("vector_stores", "{}"))["id"]!;
        await session.GetAsync($"vector_stores/{store}/files/file-none", HttpStatusCode.NotFound);
        await session.GetAsync($"vector_stores/{store}/file_batches/vsfb_none", HttpStatusCode.NotFound);
    }

    private static async Task<(string Store, string File)> FilledAsync(ContractSession session, string? chunking, string attributes = "null")
    {
        var file = await session.UploadAsync("a.txt", "Employees get 25 vacation days a year.");
        var store = (string)(await session.PostJsonAsync("vector_stores", """{"name":"handbook"}"""))["id"]!;
        var body = new JsonObject { ["file_id"] = file, ["attributes"] = JsonNode.Parse(attributes) };
        if (chunking is not null)
        {
            body["chunking_strategy"] = JsonNode.Parse(chunking);
        }

        await session.PostAsync($"vector_stores/{store}/files", body.ToJsonString());
        await session.UntilAsync($"vector_stores/{store}/files/{file}", found => (string)found["status"]! == "completed");
        return (store, file);
    }
}
