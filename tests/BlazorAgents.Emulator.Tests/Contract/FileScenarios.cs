using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OpenAI.Files;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Files and uploads in parts.</summary>
internal static class FileScenarios
{
    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        new("files: the SDK", FilesAsync),
        new("files: raw", RawFilesAsync),
        new("files: wrong requests", WrongFilesAsync),
        new("uploads: in parts", UploadsAsync),
        new("uploads: cancelled", CancelledUploadAsync),
    ];

    private static async Task FilesAsync(ContractSession session)
    {
        var client = session.Sdk.GetOpenAIFileClient();
        OpenAIFile file = await client.UploadFileAsync(BinaryData.FromString("Grüße"), "über uns.txt", FileUploadPurpose.Assistants);

        Assert.Equal(file.Id, ((OpenAIFile)await client.GetFileAsync(file.Id)).Id);
        Assert.Contains((OpenAIFileCollection)await client.GetFilesAsync(), other => other.Id == file.Id);
        Assert.Contains((OpenAIFileCollection)await client.GetFilesAsync(FilePurpose.Assistants), other => other.Id == file.Id);
        Assert.Equal("Grüße", ((BinaryData)await client.DownloadFileAsync(file.Id)).ToString());
        Assert.True(((FileDeletionResult)await client.DeleteFileAsync(file.Id)).Deleted);
    }

    private static async Task RawFilesAsync(ContractSession session)
    {
        var first = await session.UploadAsync("a.txt", "one", "user_data", ("expires_after[anchor]", "created_at"), ("expires_after[seconds]", "3600"));
        await session.UploadAsync("b.txt", "two");

        Assert.NotNull((await session.GetJsonAsync($"files/{first}"))["expires_at"]);
        var page = await session.GetJsonAsync("files?limit=1&order=asc&purpose=user_data");
        await session.GetAsync($"files?limit=1&after={page["last_id"]}");
    }

    private static async Task WrongFilesAsync(ContractSession session)
    {
        await session.GetAsync("files/file-none", HttpStatusCode.NotFound);
        await session.GetAsync("files/file-none/content", HttpStatusCode.NotFound);
        await session.DeleteAsync("files/file-none", HttpStatusCode.NotFound);
        await session.PostAsync("files", "{}", HttpStatusCode.BadRequest);
    }

    private static async Task UploadsAsync(ContractSession session)
    {
        var upload = await session.PostJsonAsync("uploads", """{"filename":"a.txt","purpose":"assistants","bytes":6,"mime_type":"text/plain"}""");
        var parts = new JsonArray();
        foreach (var text in new[] { "one", "two" })
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "data", "part" } };
            parts.Add((await session.PostFormAsync($"uploads/{upload["id"]}/parts", form))["id"]!.DeepClone());
        }

        var done = await session.PostJsonAsync($"uploads/{upload["id"]}/complete", new JsonObject { ["part_ids"] = parts }.ToJsonString());

        Assert.Equal("onetwo", await session.GetAsync($"files/{done["file"]!["id"]}/content"));
        await session.PostAsync($"uploads/{upload["id"]}/complete", new JsonObject { ["part_ids"] = parts.DeepClone() }.ToJsonString(), HttpStatusCode.BadRequest);
    }

    private static async Task CancelledUploadAsync(ContractSession session)
    {
        var upload = await session.PostJsonAsync("uploads", """{"filename":"a.txt","purpose":"assistants","bytes":6,"mime_type":"text/plain","expires_after":{"anchor":"created_at","seconds":3600}}""");

        Assert.Equal("cancelled", (string)(await session.PostEmptyAsync($"uploads/{upload["id"]}/cancel"))["status"]!);
        await session.PostAsync("uploads/upload_none/complete", """{"part_ids":[]}""", HttpStatusCode.NotFound);
    }
}
