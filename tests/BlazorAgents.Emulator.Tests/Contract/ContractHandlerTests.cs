using System.Text;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Testing.Specification;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>The handler sees everything that passes, and changes nothing of it.</summary>
public sealed class ContractHandlerTests
{
    private const string Ask = """{"model":"m","stream":true,"messages":[{"role":"user","content":"x"}]}""";

    [Fact]
    public async Task Messages_Right_PassUnchanged()
    {
        const string Chunk = """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[]}""";
        using var handler = new ContractHandler(new FakeHttpHandler(_ => FakeHttpHandler.Sse(Chunk)));

        var body = await PostAsync(handler, "chat/completions", Ask);

        Assert.Equal($"data: {Chunk}\n\ndata: [DONE]\n\n", body);
        handler.AssertFulfilled();
    }

    [Fact]
    public async Task Messages_Wrong_AreAllNamed()
    {
        using var handler = new ContractHandler(new FakeHttpHandler(_ => FakeHttpHandler.Sse("""{"id":7}""", """{"object":"chat.completion.chunk"}""")));

        await PostAsync(handler, "chat/completions", """{"model":"m"}""");

        var error = Assert.Throws<ContractException>(handler.AssertFulfilled);
        Assert.Contains("createChatCompletion request: $.messages: is required and missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("createChatCompletion event: $.id: must be string", error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Violations, violation => violation.Path == "$.choices");
    }

    [Fact]
    public async Task Checks_RequestsOnly_LeaveAnswersAlone()
    {
        using var handler = new ContractHandler(new FakeHttpHandler(_ => FakeHttpHandler.Json("{}")), ContractChecks.Requests);

        Assert.Equal("{}", await PostAsync(handler, "chat/completions", Ask));

        handler.AssertFulfilled();
    }

    [Fact]
    public async Task Path_Unknown_IsAViolation()
    {
        using var handler = new ContractHandler(new FakeHttpHandler(_ => FakeHttpHandler.Json("{}")));

        await PostAsync(handler, "chat/complete", Ask);

        Assert.Equal("POST /v1/chat/complete", Assert.Single(handler.Violations).Subject);
    }

    [Fact]
    public async Task Events_CutAnywhere_AreSeenWhole()
    {
        var bytes = Encoding.UTF8.GetBytes(": hello\r\nevent: response.lunch\r\ndata: {\"type\":\r\ndata: \"response.lunch\",\"text\":\"Grüße\"}\r\n\r\n");
        var coverage = new ContractCoverage();
        using var handler = new ContractHandler(new FakeHttpHandler(_ => FakeHttpHandler.RawSse(new OneByteStream(bytes))), ContractChecks.All, coverage);

        var body = await PostAsync(handler, "responses", """{"model":"m","input":"x","stream":true}""");

        Assert.Equal(Encoding.UTF8.GetString(bytes), body);
        Assert.Equal("is no event of ResponseStreamEvent: response.lunch", Assert.Single(handler.Violations).Problem);
        Assert.Contains(("ResponseStreamEvent", "response.lunch"), coverage.Events);
    }

    private static async Task<string> PostAsync(ContractHandler handler, string path, string body)
    {
        using var http = new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri("http://provider.test/v1/") };
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(path, content);
        return await response.Content.ReadAsStringAsync();
    }

    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            base.ReadAsync(buffer, offset, Math.Min(1, count), cancellationToken);
    }
}
