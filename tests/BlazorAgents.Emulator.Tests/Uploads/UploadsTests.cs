using System.ClientModel;
using System.Security.Cryptography;
using System.Text;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Testing.Fakes;
using OpenAI.Files;

namespace BlazorAgents.Emulator.Tests.Uploads;

public sealed class UploadsTests
{
    [Fact]
    public async Task Upload_PartsInChosenOrder_BecomeAFile()
    {
        await using var server = await SdkServer.StartAsync();
        var files = server.Client.GetOpenAIFileClient();
        var upload = await CreateAsync(files, 11);
        var world = await PartAsync(files, upload, " world");
        var hello = await PartAsync(files, upload, "Hello");
#pragma warning disable CA5351 // the wire's own checksum
        var md5 = Convert.ToHexStringLower(MD5.HashData("Hello world"u8));
#pragma warning restore CA5351

        var done = (await files.CompleteUploadAsync(upload, Wire.Body(new { part_ids = new[] { hello, world }, md5 }))).Json();

        Assert.Equal("completed", done.Of("status"));
        var file = done.GetProperty("file");
        Assert.Equal("notes.txt", file.Of("filename"));
        Assert.Equal("Hello world", (await files.DownloadFileAsync(file.Of("id"))).Value.ToString());
        await Wire.RefusedAsync(400, "upload_id", () => PartAsync(files, upload, "more"));
    }

    [Fact]
    public async Task Upload_WrongSumOrSize_IsRefused_AndCanStillBeCompleted()
    {
        await using var server = await SdkServer.StartAsync();
        var files = server.Client.GetOpenAIFileClient();
        var upload = await CreateAsync(files, 5);
        var part = await PartAsync(files, upload, "Hello");

        await Wire.RefusedAsync(400, "data", () => PartAsync(files, upload, "!"));
        await Wire.RefusedAsync(400, "md5", () => files.CompleteUploadAsync(upload, Wire.Body(new { part_ids = new[] { part }, md5 = "00" })));
        await Wire.RefusedAsync(400, "part_ids", () => files.CompleteUploadAsync(upload, Wire.Body(new { part_ids = Array.Empty<string>() })));
        await Wire.RefusedAsync(400, "part_ids[0]", () => files.CompleteUploadAsync(upload, Wire.Body(new { part_ids = new[] { "part_other" } })));

        Assert.Equal("completed", (await files.CompleteUploadAsync(upload, Wire.Body(new { part_ids = new[] { part } }))).Json().Of("status"));
    }

    [Fact]
    public async Task Upload_Cancelled_GivesItsRoomBack()
    {
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, MaxStoredBytes = 10 });
        var files = server.Client.GetOpenAIFileClient();
        var upload = await CreateAsync(files, 8);
        await PartAsync(files, upload, "12345678");

        Assert.Equal("cancelled", (await files.CancelUploadAsync(upload)).Json().Of("status"));

        var next = await CreateAsync(files, 8);
        var part = await PartAsync(files, next, "87654321");
        Assert.Equal("completed", (await files.CompleteUploadAsync(next, Wire.Body(new { part_ids = new[] { part } }))).Json().Of("status"));
        await Wire.RefusedAsync(400, "upload_id", () => files.CompleteUploadAsync(upload, Wire.Body(new { part_ids = new[] { part } })));
    }

    [Fact]
    public async Task Upload_AfterAnHour_HasExpired()
    {
        var time = new ManualTimeProvider();
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, TimeProvider = time });
        var files = server.Client.GetOpenAIFileClient();
        var upload = await CreateAsync(files, 5);
        time.Advance(TimeSpan.FromHours(1));

        var error = await Wire.RefusedAsync(400, "upload_id", () => PartAsync(files, upload, "Hello"));

        Assert.Contains("expired", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"purpose":"assistants","bytes":1,"mime_type":"text/plain"}""", "filename")]
    [InlineData("""{"filename":"a.txt","bytes":1,"mime_type":"text/plain"}""", "purpose")]
    [InlineData("""{"filename":"a.txt","purpose":"assistants","mime_type":"text/plain"}""", "bytes")]
    [InlineData("""{"filename":"a.txt","purpose":"assistants","bytes":"1","mime_type":"text/plain"}""", "bytes")]
    [InlineData("""{"filename":"a.txt","purpose":"assistants","bytes":0,"mime_type":"text/plain"}""", "bytes")]
    [InlineData("""{"filename":"a.txt","purpose":"assistants","bytes":9999999999999,"mime_type":"text/plain"}""", "bytes")]
    [InlineData("""{"filename":"a.txt","purpose":"assistants","bytes":1}""", "mime_type")]
    public async Task Create_Wrong_IsRefusedByName(string body, string param)
    {
        await using var server = await SdkServer.StartAsync();

        await Wire.RefusedAsync(400, param, () => server.Client.GetOpenAIFileClient().CreateUploadAsync(Wire.Text(body)));
    }

    private static async Task<string> CreateAsync(OpenAIFileClient files, int bytes)
    {
        var upload = (await files.CreateUploadAsync(Wire.Body(new { filename = "notes.txt", purpose = "assistants", bytes, mime_type = "text/plain" }))).Json();
        Assert.Equal("pending", upload.Of("status"));
        return upload.Of("id");
    }

    private static async Task<string> PartAsync(OpenAIFileClient files, string upload, string text)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "data", "part" } };
        var body = BinaryContent.Create(BinaryData.FromBytes(await form.ReadAsByteArrayAsync()));
        return (await files.AddUploadPartAsync(upload, body, form.Headers.ContentType!.ToString())).Json().Of("id");
    }
}
