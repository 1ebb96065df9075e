using System.Net;
using System.Text;
using BlazorAgents.Emulator.Tests.Assistants;
using BlazorAgents.Emulator.Tests.VectorStores;

namespace BlazorAgents.Emulator.Tests;

public sealed class StoreEndpointsTests
{
    private static readonly string[] s_hostile =
    [
        "", "[]", "7", "\"x\"", "{\"", "{\"a\":" + new string('[', 2000),
        """{"metadata":{"\ud800":"x"}}""",
        """{"metadata":{"a":"\ud800"},"model":"demo-model"}""",
        """{"model":"\ud800","query":"\ud800","role":"\ud800","assistant_id":"\ud800","file_id":"\ud800","purpose":"\ud800","filename":"\ud800"}""",
        """{"model":"demo-model","name":"\ud800"}""",
        """{"model":"demo-model","response_format":"\ud800"}""",
        """{"model":"demo-model","tools":[7,null,{"type":"function","function":7}],"tool_resources":7}""",
        """{"model":"demo-model","tools":[{"type":"file_search","file_search":7}],"tool_resources":{"file_search":7,"code_interpreter":[]}}""",
        """{"model":"demo-model","temperature":1e999,"top_p":1e-999}""",
        """{"query":["\ud800"],"filters":{"type":"eq","key":"\ud800","value":"\ud800"}}""",
        """{"query":"x","filters":{"type":"in","key":"a","value":["\ud800",1e999,null]}}""",
        """{"file_id":"x","attributes":{"a":1e999,"\udc00":1},"chunking_strategy":{"type":"static","static":[]}}""",
        """{"file_ids":["\ud800"],"files":7,"expires_after":7}""",
        """{"role":"user","content":[7,null,"x"],"attachments":{}}""",
        """{"role":"user","content":[{"type":"image_url","image_url":{"url":"\ud800","detail":7}}]}""",
        """{"role":"user","content":"\ud800"}""",
        """{"messages":[7],"thread":[],"additional_messages":[7]}""",
        """{"assistant_id":"ASSISTANT","tool_choice":"\ud800"}""",
        """{"assistant_id":"ASSISTANT","thread":7,"truncation_strategy":7,"tool_choice":7}""",
        """{"assistant_id":"ASSISTANT","model":7}""",
        """{"tool_outputs":[7]}""",
        """{"tool_outputs":{"tool_call_id":"\ud800"}}""",
        """{"part_ids":[7],"md5":7}""",
        """{"filename":"../../x","purpose":"assistants","bytes":1e999,"mime_type":"text/plain"}""",
    ];

    [Theory]
    [InlineData("files")]
    [InlineData("uploads")]
    [InlineData("uploads/upload_x/parts")]
    [InlineData("uploads/upload_x/complete")]
    [InlineData("vector_stores")]
    [InlineData("vector_stores/STORE")]
    [InlineData("vector_stores/STORE/search")]
    [InlineData("vector_stores/STORE/files")]
    [InlineData("vector_stores/STORE/files/file-x")]
    [InlineData("vector_stores/STORE/file_batches")]
    [InlineData("assistants")]
    [InlineData("assistants/ASSISTANT")]
    [InlineData("threads")]
    [InlineData("threads/runs")]
    [InlineData("threads/THREAD")]
    [InlineData("threads/THREAD/messages")]
    [InlineData("threads/THREAD/runs")]
    [InlineData("threads/THREAD/runs/run_x/submit_tool_outputs")]
    public async Task Body_Hostile_IsNeverTheServersFault(string path)
    {
        await using var server = await SdkServer.StartAsync();
        server.Http.DefaultRequestHeaders.Add("OpenAI-Beta", "assistants=v2");
        var assistant = await server.AssistantAsync();
        path = path.Replace("STORE", await server.StoreAsync(), StringComparison.Ordinal)
            .Replace("ASSISTANT", assistant, StringComparison.Ordinal)
            .Replace("THREAD", await server.ThreadAsync("Hello"), StringComparison.Ordinal);

        foreach (var body in s_hostile)
        {
            using var content = new StringContent(body.Replace("ASSISTANT", assistant, StringComparison.Ordinal), Encoding.UTF8, "application/json");
            using var response = await server.Http.PostAsync(path, content);
            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"{path} {body[..Math.Min(120, body.Length)]}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    [Theory]
    [InlineData("files/x/y/z")]
    [InlineData("vector_stores/vs_x/cakes")]
    [InlineData("threads/thread_x/cakes")]
    [InlineData("uploads/upload_x")]
    public async Task Path_Unknown_Is404(string path)
    {
        await using var server = await SdkServer.StartAsync();
        server.Http.DefaultRequestHeaders.Add("OpenAI-Beta", "assistants=v2");

        using var response = await server.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("unknown_url", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "files")]
    [InlineData("PUT", "files/file-x/content")]
    [InlineData("GET", "uploads/upload_x/parts")]
    [InlineData("PUT", "vector_stores/vs_x")]
    [InlineData("GET", "vector_stores/vs_x/search")]
    [InlineData("PUT", "vector_stores/vs_x/files/file-x")]
    [InlineData("GET", "vector_stores/vs_x/file_batches/vsfb_x/cancel")]
    public async Task Verb_Wrong_Is405(string method, string path)
    {
        await using var server = await SdkServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }
}
