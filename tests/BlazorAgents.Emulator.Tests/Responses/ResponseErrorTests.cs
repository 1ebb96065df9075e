using System.Net;
using System.Text.Json;

namespace BlazorAgents.Emulator.Tests.Responses;

public sealed class ResponseErrorTests
{
    [Theory]
    [InlineData("{\"model\":", null, null)]
    [InlineData("""{"input":"x"}""", "model", "missing_required_parameter")]
    [InlineData("""{"model":"gpt-unknown","input":"x"}""", "model", "model_not_found")]
    [InlineData("""{"model":"demo"}""", "input", "missing_required_parameter")]
    [InlineData("""{"model":"demo","input":7}""", "input", "invalid_type")]
    [InlineData("""{"model":"demo","input":[7]}""", "input[0]", "invalid_type")]
    [InlineData("""{"model":"demo","input":[{}]}""", "input[0].type", "missing_required_parameter")]
    [InlineData("""{"model":"demo","input":[{"type":"dream"}]}""", "input[0].type", "invalid_value")]
    [InlineData("""{"model":"demo","input":[{"role":"robot","content":"x"}]}""", "input[0].role", "invalid_value")]
    [InlineData("""{"model":"demo","input":[{"role":"user"}]}""", "input[0].content", "missing_required_parameter")]
    [InlineData("""{"model":"demo","input":[{"role":"user","content":[{"type":"output_text","text":"x"}]}]}""", "input[0].content[0].type", "invalid_value")]
    [InlineData("""{"model":"demo","input":[{"role":"user","content":[{"type":"input_image"}]}]}""", "input[0].content[0].image_url", "missing_required_parameter")]
    [InlineData("""{"model":"demo","input":[{"type":"function_call","call_id":"c","arguments":"{}"}]}""", "input[0].name", "missing_required_parameter")]
    [InlineData("""{"model":"demo","input":[{"type":"function_call_output","call_id":"c","output":{}}]}""", "input[0].output", "invalid_type")]
    [InlineData("""{"model":"demo","input":[{"type":"message","id":"fc_1","role":"assistant","content":"x"}]}""", "input[0].id", "invalid_value")]
    [InlineData("""{"model":"demo","input":"x","stream":"yes"}""", "stream", "invalid_type")]
    [InlineData("""{"model":"demo","input":"x","temperature":3}""", "temperature", "decimal_above_max_value")]
    [InlineData("""{"model":"demo","input":"x","max_output_tokens":5}""", "max_output_tokens", "integer_below_min_value")]
    [InlineData("""{"model":"demo","input":"x","include":["everything"]}""", "include", "invalid_value")]
    [InlineData("""{"model":"demo","input":"x","metadata":{"a":1}}""", "metadata.a", "invalid_type")]
    [InlineData("""{"model":"demo","input":"x","truncation":"middle"}""", "truncation", "invalid_value")]
    [InlineData("""{"model":"demo","input":"x","text":{"format":{"type":"json_schema","schema":{}}}}""", "text.format.name", "missing_required_parameter")]
    [InlineData("""{"model":"demo","input":"x","reasoning":{"summary":"long"}}""", "reasoning.summary", "invalid_value")]
    [InlineData("""{"model":"demo","input":"x","background":true,"store":false}""", "background", "unsupported_parameter")]
    [InlineData("""{"model":"demo","input":"x","previous_response_id":"conv_1"}""", "previous_response_id", "invalid_value")]
    [InlineData("""{"model":"demo","input":"x","previous_response_id":"resp_1"}""", "previous_response_id", "previous_response_not_found")]
    [InlineData("""{"model":"demo","input":"x","previous_response_id":"resp_1","conversation":"conv_1"}""", "previous_response_id", "mutually_exclusive_parameters")]
    [InlineData("""{"model":"demo","input":"x","conversation":"resp_1"}""", "conversation", "invalid_value")]
    [InlineData("""{"model":"demo","input":"x","tools":[{"type":"telepathy"}]}""", "tools[0].type", "invalid_value")]
    [InlineData("""{"model":"demo","input":"x","tools":[{"type":"function","name":"a b"}]}""", "tools[0].name", "invalid_value")]
    [InlineData("""{"model":"demo","input":"x","tools":[{"type":"function"}]}""", "tools[0].name", "missing_required_parameter")]
    [InlineData("""{"model":"demo","input":"x","tools":[{"type":"file_search"}]}""", "tools[0].vector_store_ids", "missing_required_parameter")]
    [InlineData("""{"model":"demo","input":"x","tools":[{"type":"file_search","vector_store_ids":["file_1"]}]}""", "tools[0].vector_store_ids[0]", "invalid_value")]
    [InlineData("""{"model":"demo","input":"x","tools":[{"type":"code_interpreter"}]}""", "tools[0].container", "missing_required_parameter")]
    [InlineData("""{"model":"demo","input":"x","tools":[{"type":"mcp"}]}""", "tools[0].server_label", "missing_required_parameter")]
    [InlineData("""{"model":"demo","input":"x","tools":[{"type":"mcp","server_label":"a","server_url":"file:///etc/passwd"}]}""", "tools[0].server_url", "invalid_value")]
    [InlineData("""{"model":"demo","input":"x","tools":[{"type":"mcp","server_label":"a","server_url":"http://localhost/","headers":["x"]}]}""", "tools[0].headers", "invalid_type")]
    [InlineData("""{"model":"demo","input":"x","tools":[{"type":"mcp","server_label":"a","server_url":"http://localhost/","authorization":"a\nb"}]}""", "tools[0].authorization", "invalid_type")]
    [InlineData("""{"model":"demo","input":"\ud800"}""", null, null)]
    [InlineData("""{"model":"demo","input":"x","metadata":{"a":"b","a":"c"}}""", null, null)]
    [InlineData("""{"model":"demo","input":"x","tool_choice":{"type":"function","name":"f"}}""", "tool_choice", null)]
    [InlineData("""{"model":"demo","input":"x","tool_choice":{"type":"file_search"}}""", "tool_choice", null)]
    public async Task Request_Wrong_Is400NamingTheParameter(string body, string? param, string? code)
    {
        await using var client = await EmulatorClient.StartAsync();

        var (status, json) = await client.PostTextAsync("responses", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        AssertShape(json, param, code);
    }

    [Theory]
    [InlineData("GET", "responses/resp_1", HttpStatusCode.NotFound)]
    [InlineData("GET", "responses/thread_1", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "responses/resp_1", HttpStatusCode.NotFound)]
    [InlineData("POST", "responses/resp_1/cancel", HttpStatusCode.NotFound)]
    [InlineData("GET", "responses/resp_1/input_items", HttpStatusCode.NotFound)]
    [InlineData("GET", "responses", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "responses/resp_1", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "responses/resp_1/secrets", HttpStatusCode.NotFound)]
    [InlineData("GET", "conversations", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "conversations/conv_1/items", HttpStatusCode.NotFound)]
    public async Task Path_Wrong_IsRefusedInOpenAIsShape(string method, string path, HttpStatusCode expected)
    {
        await using var client = await EmulatorClient.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await client.Http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("order=up", "order")]
    [InlineData("after=msg_x", "after")]
    [InlineData("include[]=all", "include")]
    public async Task List_WithWrongQuery_NamesTheParameter(string query, string param)
    {
        await using var client = await EmulatorClient.StartAsync();
        var (_, created) = await client.PostTextAsync("responses", """{"model":"demo","input":"x"}""");

        var (status, json) = await client.GetAsync($"responses/{created.GetProperty("id").GetString()}/input_items?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(param, json.GetProperty("error").GetProperty("param").GetString());
    }

    private static void AssertShape(JsonElement json, string? param, string? code)
    {
        var error = json.GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }
}
