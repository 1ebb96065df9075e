using System.Net;
using System.Text;
using System.Text.Json;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Testing.Fakes;
using OpenAI.Files;

namespace BlazorAgents.Emulator.Tests.Files;

public sealed class FilesTests
{
    [Fact]
    public async Task File_UploadedBySdk_ComesBackWhole()
    {
        await using var server = await SdkServer.StartAsync();
        var files = server.Client.GetOpenAIFileClient();
        var bytes = Enumerable.Range(0, 300_000).Select(index => (byte)(index * 7)).ToArray();

        OpenAIFile uploaded = await files.UploadFileAsync(new MemoryStream(bytes), "Grüße 世界.bin", FileUploadPurpose.Assistants);

        OpenAIFile found = await files.GetFileAsync(uploaded.Id);
        Assert.Equal("Grüße 世界.bin", found.Filename);
        Assert.Equal(FilePurpose.Assistants, found.Purpose);
        Assert.Equal(bytes.Length, found.SizeInBytesLong);
        Assert.Equal(bytes, (await files.DownloadFileAsync(uploaded.Id)).Value.ToArray());
        Assert.Equal(bytes.Length, server.Server.State.Files.Get(uploaded.Id).Bytes.Length);
    }

    [Fact]
    public async Task Files_Listed_ByPurposeNewestFirst()
    {
        await using var server = await SdkServer.StartAsync();
        var files = server.Client.GetOpenAIFileClient();
        OpenAIFile first = await files.UploadFileAsync(BinaryData.FromString("one"), "one.txt", FileUploadPurpose.Assistants);
        OpenAIFile second = await files.UploadFileAsync(BinaryData.FromString("two"), "two.txt", FileUploadPurpose.Assistants);
        OpenAIFile other = await files.UploadFileAsync(BinaryData.FromString("{}"), "lines.jsonl", FileUploadPurpose.Batch);

        var all = (await files.GetFilesAsync()).Value;
        var assistants = (await files.GetFilesAsync(FilePurpose.Assistants)).Value;

        Assert.Equal([other.Id, second.Id, first.Id], all.Select(file => file.Id));
        Assert.Equal([second.Id, first.Id], assistants.Select(file => file.Id));
    }

    [Fact]
    public async Task Files_Paged_GiveEachOnce()
    {
        await using var server = await SdkServer.StartAsync();
        var files = server.Client.GetOpenAIFileClient();
        var ids = new List<string>();
        for (var index = 0; index < 5; index++)
        {
            ids.Add((await files.UploadFileAsync(BinaryData.FromString("x"), $"{index}.txt", FileUploadPurpose.Assistants)).Value.Id);
        }

        var seen = new List<string>();
        string? after = null;
        bool more;
        do
        {
            var page = (await files.GetFilesAsync(null, 2, "asc", after, null)).Json();
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(file => file.Of("id")));
            Assert.Equal(seen[^1], page.Of("last_id"));
            after = page.Of("last_id");
            more = page.GetProperty("has_more").GetBoolean();
        }
        while (more);

        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task File_Deleted_IsGone()
    {
        await using var server = await SdkServer.StartAsync();
        var files = server.Client.GetOpenAIFileClient();
        OpenAIFile file = await files.UploadFileAsync(BinaryData.FromString("x"), "x.txt", FileUploadPurpose.UserData);

        Assert.True((await files.DeleteFileAsync(file.Id)).Value.Deleted);

        await Wire.RefusedAsync(404, "id", () => files.GetFileAsync(file.Id));
        await Wire.RefusedAsync(404, "id", () => files.DownloadFileAsync(file.Id));
        await Wire.RefusedAsync(404, "id", () => files.DeleteFileAsync(file.Id));
    }

    [Fact]
    public async Task File_WithExpiry_IsGoneAfterIt()
    {
        var time = new ManualTimeProvider();
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, TimeProvider = time });

        var (status, file) = await PostAsync(server, ("purpose", "user_data"), ("expires_after[anchor]", "created_at"), ("expires_after[seconds]", "3600"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(file.GetProperty("created_at").GetInt64() + 3600, file.GetProperty("expires_at").GetInt64());
        time.Advance(TimeSpan.FromSeconds(3599));
        Assert.Equal(file.Of("id"), (await server.Client.GetOpenAIFileClient().GetFileAsync(file.Of("id"))).Value.Id);
        time.Advance(TimeSpan.FromSeconds(1));
        await Wire.RefusedAsync(404, "id", () => server.Client.GetOpenAIFileClient().GetFileAsync(file.Of("id")));
    }

    [Theory]
    [InlineData("purpose", "", "purpose")]
    [InlineData("purpose", "cooking", "purpose")]
    [InlineData("purpose", "batch", "file")]
    [InlineData("purpose", "vision", "file")]
    [InlineData("expires_after[seconds]", "60", "expires_after.anchor")]
    [InlineData("expires_after", "{\"anchor\":\"created_at\",\"seconds\":60}", "expires_after.seconds")]
    [InlineData("expires_after", "soon", "expires_after")]
    public async Task File_WrongField_IsRefusedByName(string field, string value, string param)
    {
        await using var server = await SdkServer.StartAsync();
        (string, string)[] fields = field == "purpose" ? [(field, value)] : [("purpose", "user_data"), (field, value)];

        var (status, json) = await PostAsync(server, fields);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(param, json.GetProperty("error").Of("param"));
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data; boundary=abc", "no boundary in here")]
    [InlineData("multipart/form-data", "x")]
    public async Task Upload_NotAForm_Is400(string contentType, string body)
    {
        await using var server = await SdkServer.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await server.Http.PostAsync("files", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"error\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_AboveTheServersRoom_Is413_AndRoomComesBack()
    {
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, MaxStoredBytes = 1000 });
        var files = server.Client.GetOpenAIFileClient();
        OpenAIFile first = await files.UploadFileAsync(BinaryData.FromBytes(new byte[900]), "a.txt", FileUploadPurpose.Assistants);

        await Wire.RefusedAsync(413, "file", () => files.UploadFileAsync(BinaryData.FromBytes(new byte[200]), "b.txt", FileUploadPurpose.Assistants));

        await files.DeleteFileAsync(first.Id);
        OpenAIFile second = await files.UploadFileAsync(BinaryData.FromBytes(new byte[200]), "b.txt", FileUploadPurpose.Assistants);
        Assert.Equal(200, second.SizeInBytesLong);
    }

    [Theory]
    [InlineData("files?limit=0", "limit")]
    [InlineData("files?limit=10001", "limit")]
    [InlineData("files?limit=many", "limit")]
    [InlineData("files?order=up", "order")]
    [InlineData("files?after=file-unknown", "after")]
    public async Task List_WrongQuery_IsRefusedByName(string path, string param)
    {
        await using var server = await SdkServer.StartAsync();

        using var response = await server.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(param, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").Of("param"));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(SdkServer server, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent("text"u8.ToArray()), "file", "notes.txt" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        using var response = await server.Http.PostAsync("files", form);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
