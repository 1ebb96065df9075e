using System.Net;
using System.Text.Json;
using BlazorAgents.Agents;
using BlazorAgents.Agents.ToolLoop;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Testing.Specification;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>The basic behaviours over the wire that OpenAI's specification shows in its examples.</summary>
public sealed class RecordedWireTests
{
    private static readonly ChatMessage s_hello = new(ChatRole.User, "Hello!");

    public static TheoryData<ClientType> Types => [.. Enum.GetValues<ClientType>()];

    public static TheoryData<ClientType, int, string, string?, AgentErrorKind> Refusals
    {
        get
        {
            (int, string, string?, AgentErrorKind)[] refusals =
            [
                (401, "Incorrect API key provided.", "invalid_api_key", AgentErrorKind.Authentication),
                (404, "The model `gpt-0` does not exist.", "model_not_found", AgentErrorKind.ModelNotFound),
                (400, "This model's maximum context length is 8192 tokens.", "context_length_exceeded", AgentErrorKind.ContextTooLong),
                (400, "Your request was rejected by the safety system.", "content_policy_violation", AgentErrorKind.ContentFilter),
                (429, "Rate limit reached.", "rate_limit_exceeded", AgentErrorKind.RateLimited),
                (500, "The server had an error while processing your request.", null, AgentErrorKind.Unavailable),
                (504, "The gateway gave up.", null, AgentErrorKind.Timeout),
                (400, "Unknown parameter: 'surprise'.", "unknown_parameter", AgentErrorKind.BadResponse),
            ];
            var data = new TheoryData<ClientType, int, string, string?, AgentErrorKind>();
            foreach (var type in Enum.GetValues<ClientType>())
            {
                foreach (var (status, message, code, kind) in refusals)
                {
                    data.Add(type, status, message, code, kind);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Answer_Recorded_IsReadWithItsTokens(ClientType type)
    {
        await using var stage = new RecordedStage(type);
        var recorded = stage.Recording.Answer;
        stage.Then(recorded.File);

        var answer = await stage.Client.GetResponseAsync([s_hello]);

        Assert.StartsWith(recorded.Said, answer.Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal((recorded.Input, recorded.Output), ((int)answer.Usage!.InputTokenCount!, (int)answer.Usage.OutputTokenCount!));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Stream_Recorded_IsRead(ClientType type)
    {
        await using var stage = new RecordedStage(type);
        stage.Then(stage.Recording.Stream.File);

        var updates = await stage.Client.CreateAgent("Helper", "You are a helpful assistant.").RunStreamingAsync("Hello!").ToListAsync();

        Assert.Equal(stage.Recording.Stream.Said, string.Concat(updates.OfType<AgentUpdate.TextDelta>().Select(u => u.Text)));
        Assert.Equal(AgentFinishReason.Completed, Assert.IsType<AgentUpdate.Finished>(updates[^1]).Reason);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Call_Recorded_IsReadAndItsResultSent(ClientType type)
    {
        await using var stage = new RecordedStage(type);
        var (file, location) = stage.Recording.Call;
        stage.Then(file).Then(stage.Recording.AfterCall.File);
        ChatMessage question = new(ChatRole.User, "What is the weather like today?");
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.Create((string location, string? unit = null) => "70 degrees and sunny.", "get_current_weather", "Get the current weather in a given location")],
        };

        var asked = await stage.Client.GetResponseAsync([question], options);
        var call = Assert.Single(asked.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>());
        options.ConversationId = asked.ConversationId;
        var result = new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "70 degrees and sunny.")]);
        var answer = await stage.Client.GetResponseAsync(asked.ConversationId is null ? [question, .. asked.Messages, result] : [result], options);

        Assert.Equal(ChatFinishReason.ToolCalls, asked.FinishReason);
        Assert.Equal("get_current_weather", call.Name);
        using var arguments = JsonDocument.Parse(call.GetArgumentsText()!);
        Assert.Equal(location, arguments.RootElement.GetProperty("location").GetString());
        Assert.Contains(stage.Sent, request => request.Body.Contains("Get the current weather in a given location", StringComparison.Ordinal));
        Assert.Contains(call.CallId, stage.Asked[1].Body, StringComparison.Ordinal);
        Assert.Contains("70 degrees and sunny.", stage.Asked[1].Body, StringComparison.Ordinal);
        Assert.StartsWith(stage.Recording.AfterCall.Said, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Image_OfTheExample_IsSent(ClientType type)
    {
        const string image = "https://upload.wikimedia.org/wikipedia/commons/thumb/d/dd/Gfp-wisconsin-madison-the-nature-boardwalk.jpg/2560px-Gfp-wisconsin-madison-the-nature-boardwalk.jpg";
        await using var stage = new RecordedStage(type);
        stage.Then(stage.Recording.Image.File);

        var answer = await stage.Client.GetResponseAsync(
            [new ChatMessage(ChatRole.User, [new TextContent("What is in this image?"), new UriContent(image, "image/jpeg")])]);

        Assert.StartsWith(stage.Recording.Image.Said, answer.Text, StringComparison.Ordinal);
        Assert.Contains("What is in this image?", stage.Asked[0].Body, StringComparison.Ordinal);
        Assert.Contains(image, stage.Asked[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Value_InTheRecordedStream_IsRead(ClientType type)
    {
        await using var stage = new RecordedStage(type);
        stage.Then(Recording.Play(stage.Recording.StreamOf("""{"name":"John Smith","email":"john.smith@example.com","phone":"555-0123","company":"TechCorp"}""")));

        var answer = await stage.Client.CreateAgent().RunAsync<Contact>(Contact.Text);

        Assert.Equal(Contact.JohnSmith, answer.Value);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Failure_InTheRecordedStream_IsUnavailable(ClientType type)
    {
        await using var stage = new RecordedStage(type);
        stage.Then(stage.Recording.Failure);

        var error = await Assert.ThrowsAsync<AgentException>(() => stage.Client.CreateAgent().RunAsync("Hello!"));

        Assert.Equal(AgentErrorKind.Unavailable, error.Kind);
        Assert.EndsWith("Try again in a moment.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusal_InTheSpecificationsForm_BecomesItsKind(ClientType type, int status, string message, string? code, AgentErrorKind kind)
    {
        var body = JsonSerializer.Serialize(new { error = new { message, type = "invalid_request_error", param = (string?)null, code } });
        Assert.Empty(OpenApiContract.OpenAI.CheckSchema("ErrorResponse", body));
        await using var stage = new RecordedStage(type);
        stage.Then(FakeHttpHandler.Json(body, (HttpStatusCode)status));

        var error = await Assert.ThrowsAsync<AgentException>(() => stage.Client.GetResponseAsync([s_hello]));

        Assert.Equal(kind, error.Kind);
        Assert.DoesNotContain(TestClients.Key, error.ToString(), StringComparison.Ordinal);
    }
}
