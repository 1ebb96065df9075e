using BlazorAgents.Testing.Specification;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>The judge itself: it must be able to fail, and say what is wrong where.</summary>
public sealed class OpenApiContractTests
{
    private const string Chat = "/v1/chat/completions";

    private static OpenApiContract Contract => OpenApiContract.OpenAI;

    [Theory]
    [InlineData("POST", "/v1/chat/completions", "createChatCompletion")]
    [InlineData("POST", "/openai/v1/responses", "createResponse")]
    [InlineData("POST", "/v1/threads/runs", "createThreadAndRun")]
    [InlineData("POST", "/v1/threads/thread_1", "modifyThread")]
    [InlineData("POST", "/v1/responses/compact", "Compactconversation")]
    [InlineData("GET", "/v1/models/gpt-4o", "retrieveModel")]
    [InlineData("GET", "/v1/models/gpt-4o/more", null)]
    [InlineData("PUT", "/v1/models", null)]
    public void Operation_ByMethodAndPath_IsFound(string method, string path, string? expected) =>
        Assert.Equal(expected, Contract.Find(method, path)?.Id);

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"x"},{"type":"image_url","image_url":{"url":"https://x.test/a.png"}}]}],"stop":null,"temperature":0.5}""")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"r"}],"metadata":{"a":"b"}}""")]
    public async Task Request_Right_HasNoViolation(string body) => Assert.Empty(await RequestAsync("POST", Chat, body));

    [Theory]
    [InlineData("""{"model":"m","messages":"x"}""", "$.messages", "must be array")]
    [InlineData("""{"model":"m","messages":[]}""", "$.messages", "TooFewItems")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", "$.model", "is required and missing")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"temprature":1}""", "$.temprature", "is not a property")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"temperature":3}""", "$.temperature", "NumberTooBig")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"n":1.5}""", "$.n", "must be integer")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"metadata":{"a":1}}""", "$.metadata.a", "must be string")]
    [InlineData("""{"model":"m","messages":[{"role":"robot","content":"x"}]}""", "$.messages[0]", "role developer or role system or role user")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":7}]}""", "$.messages[0].content", "not 7")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text"}]}]}""", "$.messages[0].content[0].text", "is required and missing")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x.test","detail":"huge"}}]}]}""", "$.messages[0].content[0].image_url.detail", "must be auto|low|high, not \"huge\"")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"smell"}]}]}""", "$.messages[0].content[0]", "type text or type image_url")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "$.messages[0].content", "is required and missing")]
    [InlineData("{", "$", "is no JSON")]
    [InlineData("", "$", "has no body")]
    public async Task Request_Wrong_NamesThePlaceAndWhatWasExpected(string body, string path, string problem)
    {
        var violation = Assert.Single(await RequestAsync("POST", Chat, body));

        Assert.Equal(("createChatCompletion request", path), (violation.Subject, violation.Path));
        Assert.Contains(problem, violation.Problem, StringComparison.Ordinal);
    }

    /// <summary>Where the library, or the specification, needs help: nullable, misplaced required, propertyNames, a filter inside itself.</summary>
    [Theory]
    [InlineData("/v1/threads/t/messages", """{"role":"user","content":"x","attachments":[{"file_id":"file-1","tools":[{"type":"file_search"}]}]}""", null)]
    [InlineData("/v1/threads/t/messages", """{"role":"user","content":"x","attachments":[{"file":"file-1"}]}""", "$.attachments[0].file")]
    [InlineData("/v1/threads/t/runs", """{"assistant_id":"a","instructions":null,"truncation_strategy":null,"tool_choice":null}""", null)]
    [InlineData("/v1/threads/t/runs", """{"assistant_id":null}""", "$.assistant_id")]
    [InlineData("/v1/vector_stores/v/files", """{"file_id":"f","attributes":{"a":1,"b":"x","c":true}}""", null)]
    [InlineData("/v1/vector_stores/v/files", """{"file_id":"f","attributes":{"a":[1]}}""", "$.attributes.a")]
    [InlineData("/v1/vector_stores/v/files", """{"file_id":"f","attributes":{"a123456789b123456789c123456789d123456789e123456789f123456789g123":1}}""", null)]
    [InlineData("/v1/vector_stores/v/files", """{"file_id":"f","attributes":{"a123456789b123456789c123456789d123456789e123456789f123456789g1234":1}}""", "$.attributes.a123456789b123456789c123456789d123456789e123456789f123456789g1234")]
    [InlineData("/v1/vector_stores/v/search", """{"query":"x","filters":{"type":"and","filters":[{"type":"or","filters":[{"type":"eq","key":"a","value":1}]}]}}""", null)]
    [InlineData("/v1/vector_stores/v/search", """{"query":"x","filters":{"type":"and","filters":[{"type":"or","filters":[{"type":"eq","key":7,"value":1}]}]}}""", "$.filters.filters[0].filters[0].key")]
    public async Task Request_OddCornersOfTheSpecification_AreJudged(string path, string body, string? place) =>
        Assert.Equal(place, (await RequestAsync("POST", path, body)).SingleOrDefault()?.Path);

    [Theory]
    [InlineData("GET", "/v1/vector_stores", "limit=5&order=asc", null, null)]
    [InlineData("GET", "/v1/vector_stores", "limit=many", "$.limit", "must be integer")]
    [InlineData("GET", "/v1/vector_stores", "order=up", "$.order", "must be asc|desc")]
    [InlineData("GET", "/v1/vector_stores", "colour=red", "$.colour", "is not a property")]
    [InlineData("GET", "/v1/responses/r1", "include[]=file_search_call.results&stream=true&starting_after=3", null, null)]
    [InlineData("GET", "/v1/responses/r1", "include=all", "$.include[0]", "must be file_search_call.results|")]
    public async Task Query_EachName_IsJudged(string method, string path, string query, string? place, string? problem)
    {
        var violations = await Contract.CheckRequestAsync(Contract.Find(method, path)!, query, null, []);

        Assert.Equal(place, violations.SingleOrDefault()?.Path);
        Assert.True(problem is null || violations[0].Problem.Contains(problem, StringComparison.Ordinal), problem is null ? "" : violations[0].Problem);
    }

    [Theory]
    [InlineData("purpose=assistants", null)]
    [InlineData("purpose=assistants|expires_after[anchor]=created_at|expires_after[seconds]=3600", null)]
    [InlineData("purpose=lunch", "$.purpose")]
    [InlineData("purpose=assistants|expires_after[seconds]=soon|expires_after[anchor]=created_at", "$.expires_after.seconds")]
    [InlineData("purpose=assistants|colour=red", "$.colour")]
    [InlineData("", "$.purpose")]
    public async Task Form_EachField_IsJudged(string fields, string? place)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "a.txt" } };
        foreach (var field in fields.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=')))
        {
            form.Add(new StringContent(field[1]), field[0]);
        }

        var violations = await Contract.CheckRequestAsync(
            Contract.Find("POST", "/v1/files")!, "", form.Headers.ContentType!.ToString(), await form.ReadAsByteArrayAsync());

        Assert.Equal(place, violations.SingleOrDefault()?.Path);
    }

    [Fact]
    public async Task Request_OtherMediaType_IsAViolation()
    {
        var violations = await Contract.CheckRequestAsync(Contract.Find("POST", Chat)!, "", "text/plain", "hello"u8.ToArray());

        Assert.Contains("must be application/json, not text/plain", Assert.Single(violations).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"id":"m","object":"model","created":1,"owned_by":"us"}""", null, null)]
    [InlineData(200, """{"id":"m","object":"modell","created":1,"owned_by":"us"}""", "$.object", "must be model, not \"modell\"")]
    [InlineData(200, """{"id":"m","object":"model","created":1.0,"owned_by":"us"}""", "$.created", "must be integer")]
    [InlineData(200, """{"id":"m","object":"model","created":null,"owned_by":"us"}""", "$.created", "must be integer")]
    [InlineData(200, """{"id":"m","object":"model","created":1,"owned_by":"us","size":7}""", "$.size", "is not a property")]
    [InlineData(201, """{"id":"m","object":"model","created":1,"owned_by":"us"}""", "$", "is a status that the operation does not have")]
    [InlineData(404, """{"error":{"message":"none","type":"invalid_request_error","param":null,"code":"model_not_found"}}""", null, null)]
    [InlineData(404, """{"error":{"message":"none","type":"invalid_request_error","param":null}}""", "$.error.code", "is required and missing")]
    [InlineData(500, """{"message":"none"}""", "$.error", "is required and missing")]
    public void Answer_EachStatus_IsJudged(int status, string body, string? place, string? problem)
    {
        var violations = Contract.CheckResponse(Contract.Find("GET", "/v1/models/m")!, status, "application/json; charset=utf-8", body);

        Assert.Equal(place, violations.Select(violation => violation.Path).FirstOrDefault());
        Assert.True(problem is null || violations[0].Problem.Contains(problem, StringComparison.Ordinal), problem is null ? "" : violations[0].Problem);
    }

    [Theory]
    [InlineData("/v1/responses", "response.output_text.delta", """{"type":"response.output_text.delta","item_id":"i","output_index":0,"content_index":0,"delta":"x","sequence_number":1,"logprobs":[]}""", null)]
    [InlineData("/v1/responses", "response.output_text.delta", """{"type":"response.output_text.delta","item_id":"i","output_index":0,"delta":"x","sequence_number":1,"logprobs":[]}""", "$.content_index")]
    [InlineData("/v1/responses", "response.output_text.delta", """{"type":"response.output_text.done","item_id":"i"}""", "$")]
    [InlineData("/v1/responses", "response.lunch", """{"type":"response.lunch"}""", "$")]
    [InlineData("/v1/responses", null, "[DONE]", "$")]
    [InlineData("/v1/threads/t/runs", "done", "[DONE]", null)]
    [InlineData("/v1/threads/t/runs", "thread.created", """{"id":"t","object":"thread","created_at":1,"metadata":{},"tool_resources":{}}""", null)]
    [InlineData("/v1/threads/t/runs", "thread.created", """{"id":"t","object":"thread","created_at":1,"metadata":{}}""", "$.data.tool_resources")]
    [InlineData("/v1/threads/t/runs", null, """{"id":"t","object":"thread","created_at":1,"metadata":{},"tool_resources":{}}""", "$")]
    [InlineData("/v1/chat/completions", null, "[DONE]", null)]
    [InlineData("/v1/chat/completions", null, """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"x"},"finish_reason":null}]}""", null)]
    [InlineData("/v1/chat/completions", null, """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"tired"}]}""", "$.choices[0].finish_reason")]
    [InlineData("/v1/chat/completions", "chunk", "{}", "$")]
    [InlineData("/v1/embeddings", null, "{}", "$")]
    public void Event_EachKind_IsJudged(string path, string? name, string data, string? place) =>
        Assert.Equal(place, Contract.CheckEvent(Contract.Find("POST", path)!, name, data).SingleOrDefault()?.Path);

    [Fact]
    public void Specification_AsItLies_HasEveryOperationOfOurProduct()
    {
        Assert.Equal(82, Contract.Operations.Count);
        Assert.Equal((58, 25, 1), (Contract.Events["ResponseStreamEvent"].Count, Contract.Events["AssistantStreamEvent"].Count, Contract.Events["CreateChatCompletionStreamResponse"].Count));
        Assert.All(SpecWaivers.All, waiver => Assert.False(string.IsNullOrWhiteSpace(waiver.Reason)));
    }

    [Fact]
    public void Waiver_WithoutEffect_Fails()
    {
        var waiver = new SpecWaiver("/a", "none", _ => { });

        Assert.Throws<InvalidOperationException>(() => waiver.Apply(new() { ["a"] = new System.Text.Json.Nodes.JsonObject() }));
        Assert.Throws<InvalidOperationException>(() => waiver.Apply([]));
    }

    private static Task<IReadOnlyList<ContractViolation>> RequestAsync(string method, string path, string body) =>
        Contract.CheckRequestAsync(Contract.Find(method, path)!, "", "application/json", System.Text.Encoding.UTF8.GetBytes(body));
}
