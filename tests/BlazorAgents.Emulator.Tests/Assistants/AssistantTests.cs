using System.Net;
using System.Text;
using System.Text.Json;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Tests.VectorStores;
using OpenAI.Assistants;

namespace BlazorAgents.Emulator.Tests.Assistants;

public sealed class AssistantTests
{
    [Fact]
    public async Task Assistant_CreateGetModifyListDelete_WorkBySdk()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var file = await server.FileAsync("data.csv", "a,b");
        Assistant made = await client.CreateAssistantAsync("demo-model", new AssistantCreationOptions
        {
            Name = "Ada",
            Description = "Helps",
            Instructions = "Be kind.",
            Temperature = 0.5f,
            NucleusSamplingFactor = 0.9f,
            Metadata = { ["team"] = "a" },
            Tools = { ToolDefinition.CreateCodeInterpreter(), ToolDefinition.CreateFileSearch(7), AssistantDesk.Tool(AssistantDesk.Weather) },
            ToolResources = new ToolResources { CodeInterpreter = new CodeInterpreterToolResources { FileIds = { file } }, FileSearch = new FileSearchToolResources { NewVectorStores = { new VectorStoreCreationHelper([file]) } } },
            ResponseFormat = AssistantResponseFormat.CreateJsonObjectFormat(),
        });

        Assistant found = await client.GetAssistantAsync(made.Id);
        Assert.Equal(("Ada", "Helps", "Be kind.", 0.5f, 0.9f, "a"), (found.Name, found.Description, found.Instructions, found.Temperature, found.NucleusSamplingFactor, found.Metadata["team"]));
        Assert.Equal(7, found.Tools.OfType<FileSearchToolDefinition>().Single().MaxResults);
        Assert.Equal("get_weather", found.Tools.OfType<FunctionToolDefinition>().Single().FunctionName);
        Assert.Equal([file], found.ToolResources.CodeInterpreter.FileIds);
        var store = Assert.Single(found.ToolResources.FileSearch.VectorStoreIds);
        await server.Server.State.VectorStores.WaitUntilIndexedAsync([store], CancellationToken.None);
        Assert.Equal(1, (await server.Client.GetVectorStoreClient().GetVectorStoreAsync(store)).Value.FileCounts.Completed);

        Assistant changed = await client.ModifyAssistantAsync(made.Id, new AssistantModificationOptions { Name = "Grace", Model = "gpt-4o" });
        Assert.Equal(("Grace", "gpt-4o", "Be kind.", 3), (changed.Name, changed.Model, changed.Instructions, changed.Tools.Count));
        Assistant other = await client.CreateAssistantAsync("demo-model");
        Assert.Equal([other.Id, made.Id], await client.GetAssistantsAsync().Select(assistant => assistant.Id).ToListAsync());
        Assert.Equal([made.Id, other.Id], await client.GetAssistantsAsync(new AssistantCollectionOptions { PageSizeLimit = 1, Order = AssistantCollectionOrder.Ascending }).Select(assistant => assistant.Id).ToListAsync());
        Assert.True((await client.DeleteAssistantAsync(made.Id)).Value.Deleted);
        await Wire.RefusedAsync(404, null, () => client.GetAssistantAsync(made.Id));
    }

    [Theory]
    [InlineData("{}", "model")]
    [InlineData("""{"model":"other"}""", "model")]
    [InlineData("""{"model":"demo-model","name":7}""", "name")]
    [InlineData("""{"model":"demo-model","temperature":3}""", "temperature")]
    [InlineData("""{"model":"demo-model","top_p":-1}""", "top_p")]
    [InlineData("""{"model":"demo-model","tools":{}}""", "tools")]
    [InlineData("""{"model":"demo-model","tools":[{"type":"web_search"}]}""", "tools[0].type")]
    [InlineData("""{"model":"demo-model","tools":[{"type":"code_interpreter"},{"type":"function","function":{"name":"a b"}}]}""", "tools[1].function.name")]
    [InlineData("""{"model":"demo-model","tools":[{"type":"file_search","file_search":{"max_num_results":99}}]}""", "tools[0].file_search.max_num_results")]
    [InlineData("""{"model":"demo-model","tools":[{"type":"file_search","file_search":7}]}""", "tools[0].file_search")]
    [InlineData("""{"model":"demo-model","tools":[{"type":"file_search","file_search":{"ranking_options":7}}]}""", "tools[0].file_search.ranking_options")]
    [InlineData("""{"model":"demo-model","tools":[{"type":"function","function":{"name":"f","description":7}}]}""", "tools[0].function.description")]
    [InlineData("""{"model":"demo-model","tools":[{"type":"function","function":{"name":"f","strict":"yes"}}]}""", "tools[0].function.strict")]
    [InlineData("""{"model":"demo-model","response_format":{"type":"json_schema","json_schema":{"schema":{}}}}""", "response_format.json_schema.name")]
    [InlineData("""{"model":"demo-model","response_format":{"type":"json_schema","json_schema":{"name":"n","schema":7}}}""", "response_format.json_schema.schema")]
    [InlineData("""{"model":"demo-model","response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{},"strict":1}}}""", "response_format.json_schema.strict")]
    [InlineData("""{"model":"demo-model","response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{},"description":1}}}""", "response_format.json_schema.description")]
    [InlineData("""{"model":"demo-model","tool_resources":{"file_search":7}}""", "tool_resources.file_search")]
    [InlineData("""{"model":"demo-model","tool_resources":{"code_interpreter":[]}}""", "tool_resources.code_interpreter")]
    [InlineData("""{"model":"demo-model","tool_resources":{"file_search":{"vector_store_ids":["vs_a","vs_b"]}}}""", "tool_resources.file_search.vector_store_ids")]
    public async Task Create_Wrong_IsRefusedByName(string body, string param)
    {
        await using var server = await SdkServer.StartAsync();

        await Wire.RefusedAsync(400, param, () => server.Assistants().CreateAssistantAsync(Wire.Text(body)));
    }

    [Theory]
    [InlineData("""{"model":"demo-model","tool_resources":{"code_interpreter":{"file_ids":["file-x"]}}}""", "tool_resources.code_interpreter.file_ids[0]")]
    [InlineData("""{"model":"demo-model","tool_resources":{"file_search":{"vector_store_ids":["vs_x"]}}}""", "vector_store_id")]
    public async Task Create_WithUnknownResource_Is404(string body, string param)
    {
        await using var server = await SdkServer.StartAsync();

        await Wire.RefusedAsync(404, param, () => server.Assistants().CreateAssistantAsync(Wire.Text(body)));
    }

    [Fact]
    public async Task Api_WithoutBetaHeader_IsRefused()
    {
        await using var server = await SdkServer.StartAsync();

        using var response = await server.Http.GetAsync("assistants");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_beta", await CodeAsync(response));
    }

    [Theory]
    [InlineData("POST", "assistants")]
    [InlineData("POST", "threads")]
    [InlineData("GET", "threads/thread_x/messages")]
    public async Task Api_SwitchedOff_Answers404LikeOpenAI(string method, string path)
    {
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, ServesAssistants = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("OpenAI-Beta", "assistants=v2");

        using var response = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("unknown_url", await CodeAsync(response));
    }

    [Theory]
    [InlineData("PUT", "assistants")]
    [InlineData("PUT", "threads/thread_x")]
    [InlineData("DELETE", "threads/thread_x/runs/run_x")]
    [InlineData("GET", "threads/runs")]
    public async Task Api_WrongVerb_Is405(string method, string path)
    {
        await using var server = await SdkServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("OpenAI-Beta", "assistants=v2");

        using var response = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString();
}
