using System.ClientModel;
using System.Net.Http.Headers;
using System.Text.Json;
using BlazorAgents.Testing.Fakes;
using OpenAI.Containers;
using OpenAI.Files;

namespace BlazorAgents.Emulator.Tests.Containers;

public sealed class ContainerTests
{
    [Fact]
    public async Task Container_Life_CreateListGetDelete()
    {
        await using var sdk = await SdkClient.StartAsync();
        ContainerResource first = await sdk.Containers.CreateContainerAsync(new ContainerCreationOptions("first"));
        ContainerResource second = await sdk.Containers.CreateContainerAsync(new ContainerCreationOptions("second"));

        var listed = new List<string>();
        await foreach (var container in sdk.Containers.GetContainersAsync(new ContainerCollectionOptions { PageSizeLimit = 1 }))
        {
            listed.Add(container.Name);
        }

        ContainerResource read = await sdk.Containers.GetContainerAsync(first.Id);
        ContainerDeletionResult deleted = await sdk.Containers.DeleteContainerAsync(first.Id);

        Assert.StartsWith("cntr_", second.Id, StringComparison.Ordinal);
        Assert.Equal(["second", "first"], listed);
        Assert.Equal("running", read.Status);
        Assert.True(deleted.Deleted);
        Assert.Equal(404, (await SdkClient.FailAsync(() => sdk.Containers.GetContainerAsync(first.Id))).Status);
    }

    [Fact]
    public async Task Files_UploadedAndById_AreListedReadAndDeleted()
    {
        await using var sdk = await SdkClient.StartAsync();
        ContainerResource container = await sdk.Containers.CreateContainerAsync(new ContainerCreationOptions("files"));
        OpenAIFile upload = await sdk.Files.UploadFileAsync(BinaryData.FromString("from upload"), "b.txt", FileUploadPurpose.Assistants);
        using var form = new MultipartFormDataContent();
        using var part = new ByteArrayContent("from form"u8.ToArray());
        form.Add(part, "file", "folder/a.txt");

        using var posted = await sdk.Raw.PostAsync($"containers/{container.Id}/files", form);
        await sdk.Containers.UploadContainerFileAsync(container.Id, BinaryContent.CreateJson(new { file_id = upload.Id }), "application/json");
        var files = new List<ContainerFileResource>();
        await foreach (var file in sdk.Containers.GetContainerFilesAsync(new ContainerFileCollectionOptions(container.Id)))
        {
            files.Add(file);
        }

        Assert.True(posted.IsSuccessStatusCode, await posted.Content.ReadAsStringAsync());
        Assert.Equal(["/mnt/data/b.txt", "/mnt/data/a.txt"], files.Select(file => file.Path));
        Assert.All(files, file => Assert.Equal("user", file.Source));
        BinaryData content = await sdk.Containers.DownloadContainerFileAsync(container.Id, files[1].Id);
        Assert.Equal("from form", content.ToString());
        ContainerFileDeletionResult deleted = await sdk.Containers.DeleteContainerFileAsync(container.Id, files[1].Id);
        Assert.True(deleted.Deleted);
        Assert.Equal(404, (await SdkClient.FailAsync(() => sdk.Containers.GetContainerFileAsync(container.Id, files[1].Id))).Status);
    }

    [Fact]
    public async Task Container_IdleFor20Minutes_IsExpired()
    {
        var time = new ManualTimeProvider();
        await using var sdk = await SdkClient.StartAsync(time: time);
        ContainerResource container = await sdk.Containers.CreateContainerAsync(new ContainerCreationOptions("idle"));

        time.Advance(TimeSpan.FromMinutes(19));
        await sdk.Containers.UploadContainerFileAsync(container.Id, await FormAsync("kept"), "multipart/form-data; boundary=demo");
        time.Advance(TimeSpan.FromMinutes(19));
        ContainerResource used = await sdk.Containers.GetContainerAsync(container.Id);
        time.Advance(TimeSpan.FromMinutes(1));
        ContainerResource idle = await sdk.Containers.GetContainerAsync(container.Id);

        Assert.Equal("running", used.Status);
        Assert.Equal("expired", idle.Status);
        var error = await SdkClient.FailAsync(() => sdk.Containers.UploadContainerFileAsync(container.Id, BinaryContent.CreateJson(new { file_id = "file-1" }), "application/json"));
        Assert.Equal(404, error.Status);
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"name":"a","file_ids":"x"}""", "file_ids")]
    [InlineData("""{"name":"a","memory_limit":"2g"}""", "memory_limit")]
    [InlineData("""{"name":"a","expires_after":{"anchor":"birth","minutes":5}}""", "expires_after.anchor")]
    [InlineData("""{"name":"a","expires_after":{"anchor":"last_active_at","minutes":500}}""", "expires_after.minutes")]
    public async Task Container_Wrong_IsRefusedNamingTheParameter(string body, string param)
    {
        await using var client = await EmulatorClient.StartAsync();

        var (status, json) = await client.PostTextAsync("containers", body);

        Assert.Equal(400, (int)status);
        Assert.Equal(param, json.GetProperty("error").GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("GET", "containers/cntr_x", 404)]
    [InlineData("GET", "containers/file_x", 400)]
    [InlineData("GET", "containers/cntr_x/files", 404)]
    [InlineData("PUT", "containers", 405)]
    [InlineData("GET", "containers/cntr_x/files/cfile_x/content", 404)]
    [InlineData("GET", "containers/cntr_x/other", 404)]
    public async Task Path_Wrong_IsRefused(string method, string path, int expected)
    {
        await using var client = await EmulatorClient.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await client.Http.SendAsync(request);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.NotEmpty(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("message").GetString()!);
    }

    private static async Task<BinaryContent> FormAsync(string text)
    {
        using var form = new MultipartFormDataContent("demo");
        using var part = new StringContent(text);
        part.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(part, "file", "kept.txt");
        return BinaryContent.Create(BinaryData.FromBytes(await form.ReadAsByteArrayAsync()));
    }
}
