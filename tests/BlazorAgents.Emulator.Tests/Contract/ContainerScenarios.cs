using System.Net;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Containers of the code interpreter and their files.</summary>
internal static class ContainerScenarios
{
    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        new("containers: made, listed, deleted", ContainersAsync),
        new("containers: files", FilesAsync),
        new("containers: the SDK", SdkAsync),
        new("containers: wrong requests", WrongAsync),
    ];

    private static async Task ContainersAsync(ContractSession session)
    {
        var file = await session.UploadAsync("a.txt", "one");
        var made = await session.PostJsonAsync("containers", $$"""{"name":"c","file_ids":["{{file}}"],"expires_after":{"anchor":"last_active_at","minutes":20},"memory_limit":"1g"}""");
        await session.PostAsync("containers", """{"name":"d"}""");

        await session.GetAsync($"containers/{made["id"]}");
        var page = await session.GetJsonAsync("containers?limit=1&order=asc");
        await session.GetAsync($"containers?after={page["last_id"]}");
        await session.DeleteAsync($"containers/{made["id"]}");
    }

    private static async Task FilesAsync(ContractSession session)
    {
        var path = $"containers/{(await session.PostJsonAsync("containers", """{"name":"c"}"""))["id"]}/files";
        await session.PostAsync(path, $$"""{"file_id":"{{await session.UploadAsync("a.txt", "one")}}"}""");
        using var form = new MultipartFormDataContent { { new ByteArrayContent("two"u8.ToArray()), "file", "b.txt" } };
        var sent = await session.PostFormAsync(path, form);

        await session.GetAsync(path + "?limit=1&order=desc");
        await session.GetAsync($"{path}/{sent["id"]}");
        Assert.Equal("two", await session.GetAsync($"{path}/{sent["id"]}/content"));
        await session.DeleteAsync($"{path}/{sent["id"]}");
    }

    private static async Task SdkAsync(ContractSession session)
    {
        var client = session.Sdk.GetContainerClient();
        OpenAI.Containers.ContainerResource made = await client.CreateContainerAsync(new OpenAI.Containers.ContainerCreationOptions("c"));
        await client.GetContainerAsync(made.Id);
        await foreach (var container in client.GetContainersAsync())
        {
            Assert.NotNull(container.Id);
        }

        await client.DeleteContainerAsync(made.Id);
    }

    private static async Task WrongAsync(ContractSession session)
    {
        await session.GetAsync("containers/cntr_none", HttpStatusCode.NotFound);
        await session.PostAsync("containers", "{}", HttpStatusCode.BadRequest);
        var id = (await session.PostJsonAsync("containers", """{"name":"c"}"""))["id"];
        await session.GetAsync($"containers/{id}/files/cfile_none", HttpStatusCode.NotFound);
    }
}
