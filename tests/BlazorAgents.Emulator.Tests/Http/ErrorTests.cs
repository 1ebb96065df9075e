using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlazorAgents.Emulator.Tests.Http;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("{\"model\":", null, null)]
    [InlineData("", null, null)]
    [InlineData("[]", null, null)]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", null, null)]
    [InlineData("""{"model":"demo"}""", "messages", "missing_required_parameter")]
    [InlineData("""{"model":"demo","messages":[]}""", "messages", "empty_array")]
    [InlineData("""{"model":"demo","messages":"x"}""", "messages", "invalid_type")]
    [InlineData("""{"model":"demo","messages":[7]}""", "messages[0]", "invalid_type")]
    [InlineData("""{"model":"demo","messages":[{"role":"robot","content":"x"}]}""", "messages[0].role", "invalid_value")]
    [InlineData("""{"model":"demo","messages":[{"role":"user","content":null}]}""", "messages[0].content", null)]
    [InlineData("""{"model":"demo","messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", "messages[0].content[0].image_url.url", "missing_required_parameter")]
    [InlineData("""{"model":"demo","messages":[{"role":"user","content":"x"},{"role":"tool","tool_call_id":"c","content":"x"}]}""", "messages.[1].role", null)]
    [InlineData("""{"model":"demo","stream":"yes","messages":[{"role":"user","content":"x"}]}""", "stream", "invalid_type")]
    [InlineData("""{"model":"demo","tool_choice":"auto","messages":[{"role":"user","content":"x"}]}""", "tool_choice", null)]
    [InlineData("""{"model":"demo","tools":[{"type":"function","function":{"name":"a b"}}],"messages":[{"role":"user","content":"x"}]}""", "tools[0].function.name", "invalid_value")]
    [InlineData("""{"model":"demo","response_format":{"type":"json_schema","json_schema":{"schema":{}}},"messages":[{"role":"user","content":"x"}]}""", "response_format.json_schema.name", "missing_required_parameter")]
    [InlineData("""{"model":"demo","messages":[{"role":"user","content":"\ud800"}]}""", null, null)]
    public async Task ChatRequest_Wrong_Is400InOpenAIsShape(string body, string? param, string? code)
    {
        await using var client = await EmulatorClient.StartAsync();

        var (status, json) = await client.PostTextAsync("chat/completions", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        AssertShape(json, "invalid_request_error", param, code);
    }

    [Fact]
    [Trait("Id", "REL-34")]
    public async Task ChatRequest_CallWithoutResult_NamesTheCall()
    {
        await using var client = await EmulatorClient.StartAsync();
        const string Body = """
            {"model":"demo","messages":[{"role":"user","content":"x"},
            {"role":"assistant","content":null,"tool_calls":[{"id":"call_a","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"call_b","type":"function","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_a","content":"done"},
            {"role":"user","content":"and now?"}]}
            """;

        var (status, json) = await client.PostTextAsync("chat/completions", Body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        AssertShape(json, "invalid_request_error", "messages.[3].role", null);
        Assert.EndsWith("did not have response messages: call_b", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_Unknown_Is404()
    {
        await using var client = await EmulatorClient.StartAsync();
        var ask = EmulatorClient.Ask("hi");
        ask["model"] = "other";

        var (status, json) = await client.PostAsync("chat/completions", ask);

        Assert.Equal(HttpStatusCode.NotFound, status);
        AssertShape(json, "invalid_request_error", null, "model_not_found");
    }

    [Theory]
    [InlineData("nothing/here", HttpStatusCode.NotFound, "unknown_url")]
    [InlineData("chat/completions", HttpStatusCode.MethodNotAllowed, "method_not_supported")]
    public async Task Path_WrongOrWrongVerb_IsAnsweredInShape(string path, HttpStatusCode expected, string code)
    {
        await using var client = await EmulatorClient.StartAsync();

        var (status, json) = await client.GetAsync(path);

        Assert.Equal(expected, status);
        AssertShape(json, "invalid_request_error", null, code);
    }

    [Fact]
    public async Task Body_AboveTheCap_Is413()
    {
        await using var client = await EmulatorClient.StartAsync(maxBytes: 1000);

        var (status, _) = await client.PostAsync("chat/completions", EmulatorClient.Ask(new string('x', 2000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task Server_AfterHostileBodies_StillAnswers()
    {
        await using var client = await EmulatorClient.StartAsync();
        var deep = new string('[', 100_000);
        var hostile = new[]
        {
            deep, "{\"model\":\"demo\",\"messages\":" + deep, "\0\0\0", "{\"model\":\"demo\",\"messages\":[{\"role\":{},\"content\":5}]}",
            new JsonObject { ["model"] = "demo", ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = string.Concat(Enumerable.Repeat("((1+2)*in Aa, Bb and ", 50_000)) }) }.ToJsonString(),
        };

        foreach (var body in hostile)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await client.Http.PostAsync("chat/completions", content);
            Assert.True((int)response.StatusCode < 500, body[..Math.Min(40, body.Length)]);
        }

        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("chat/completions", EmulatorClient.Ask("hi"))).Status);
    }

    private static void AssertShape(JsonElement json, string type, string? param, string? code)
    {
        var error = json.GetProperty("error");
        Assert.NotEqual("", error.GetProperty("message").GetString());
        Assert.Equal(type, error.GetProperty("type").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
    }
}
