using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAI.Responses;

namespace BlazorAgents.Emulator.Tests.Responses;

public sealed class ResponseTextTests
{
    private static readonly string[] s_required =
        ["id", "object", "created_at", "error", "incomplete_details", "instructions", "model", "tools", "output", "parallel_tool_calls", "metadata", "tool_choice", "temperature", "top_p"];

    [Fact]
    public async Task Response_Plain_IsReadByTheSdk()
    {
        await using var sdk = await SdkClient.StartAsync();
        var ask = SdkClient.Ask("What is 12 * 7?");
        ask.Instructions = "Be short.";
        ask.Metadata["case"] = "one";

        var response = await sdk.CreateAsync(ask);

        Assert.StartsWith("resp_", response.Id, StringComparison.Ordinal);
        Assert.Equal(ResponseStatus.Completed, response.Status);
        Assert.Contains("84", response.GetOutputText(), StringComparison.Ordinal);
        Assert.Equal(SdkClient.Model, response.Model);
        Assert.Equal("one", response.Metadata["case"]);
        Assert.True(response.Usage.InputTokenCount > 0 && response.Usage.OutputTokenCount > 0);
        Assert.Equal(response.Usage.InputTokenCount + response.Usage.OutputTokenCount, response.Usage.TotalTokenCount);
        Assert.Null(response.Error);
    }

    [Fact]
    public async Task Response_Raw_HasWhatTheSpecificationRequires()
    {
        await using var client = await EmulatorClient.StartAsync();

        var (status, json) = await client.PostAsync("responses", new JsonObject { ["model"] = "demo-model", ["input"] = "Hello" });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.All(s_required, key => Assert.True(json.TryGetProperty(key, out _), key));
        Assert.Equal(JsonValueKind.Number, json.GetProperty("created_at").ValueKind);
        var message = Assert.Single(json.GetProperty("output").EnumerateArray());
        Assert.Equal("message", message.GetProperty("type").GetString());
        var part = Assert.Single(message.GetProperty("content").EnumerateArray());
        Assert.Equal("Hello! How can I help you today?", part.GetProperty("text").GetString());
        Assert.Equal(0, part.GetProperty("annotations").GetArrayLength());
        Assert.Equal(0, part.GetProperty("logprobs").GetArrayLength());
    }

    [Fact]
    public async Task Stream_OfText_HasAllEventsInOrderAndContiguousNumbers()
    {
        await using var sdk = await SdkClient.StartAsync();

        var updates = await sdk.StreamAsync(SdkClient.Ask("Hello"));

        Assert.Equal(Enumerable.Range(0, updates.Count), updates.Select(update => update.SequenceNumber));
        var kinds = updates.Select(update => update.Kind.ToString()).ToList();
        Assert.Equal(
            ["response.created", "response.in_progress", "response.output_item.added", "response.content_part.added", "response.output_text.delta",
             "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed"], kinds.Distinct());
        Assert.Equal("Hello! How can I help you today?", string.Concat(updates.OfType<StreamingResponseOutputTextDeltaUpdate>().Select(update => update.Delta)));
        var done = Assert.IsType<StreamingResponseCompletedUpdate>(updates[^1]);
        Assert.Equal("Hello! How can I help you today?", done.Response.GetOutputText());
    }

    [Fact]
    public async Task Stream_Raw_NamesEachEventAndEndsWithoutDone()
    {
        await using var client = await EmulatorClient.StartAsync();
        using var content = new StringContent("""{"model":"demo-model","input":"Hello","stream":true}""");

        using var response = await client.Http.PostAsync("responses", content);
        var body = await response.Content.ReadAsStringAsync();

        Assert.StartsWith("text/event-stream", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,", body, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MaxOutputTokens_Small_EndsIncomplete()
    {
        await using var sdk = await SdkClient.StartAsync();
        var ask = SdkClient.Ask("Tell me a story");
        ask.MaxOutputTokenCount = 16;

        var updates = await sdk.StreamAsync(ask);

        var end = Assert.IsType<StreamingResponseIncompleteUpdate>(updates[^1]);
        Assert.Equal(ResponseStatus.Incomplete, end.Response.Status);
        Assert.Equal("max_output_tokens", end.Response.IncompleteStatusDetails.Reason.ToString());
        Assert.Equal(MessageStatus.Incomplete, Assert.IsAssignableFrom<MessageResponseItem>(Assert.Single(end.Response.OutputItems)).Status);
        Assert.Equal(64, end.Response.GetOutputText().Length);
    }

    [Fact]
    public async Task Reasoning_WithSummary_ComesBeforeTheAnswer()
    {
        await using var sdk = await SdkClient.StartAsync();
        var ask = SdkClient.Ask("Hello");
        ask.ReasoningOptions = new ResponseReasoningOptions { ReasoningSummaryVerbosity = ResponseReasoningSummaryVerbosity.Auto };
        ask.IncludedProperties.Add(IncludedResponseProperty.ReasoningEncryptedContent);

        var updates = await sdk.StreamAsync(ask);

        var response = Assert.IsType<StreamingResponseCompletedUpdate>(updates[^1]).Response;
        var reasoning = Assert.IsType<ReasoningResponseItem>(response.OutputItems[0]);
        Assert.Contains("offline demo", reasoning.GetSummaryText(), StringComparison.Ordinal);
        Assert.NotEmpty(reasoning.EncryptedContent);
        Assert.Equal(reasoning.GetSummaryText(), string.Concat(updates.OfType<StreamingResponseReasoningSummaryTextDeltaUpdate>().Select(update => update.Delta)));
        Assert.True(response.Usage.OutputTokenDetails.ReasoningTokenCount > 0);
        Assert.Contains("response.reasoning_summary_part.added", updates.Select(update => update.Kind.ToString()));
        Assert.Contains("response.reasoning_summary_part.done", updates.Select(update => update.Kind.ToString()));
        Assert.Contains("response.reasoning_summary_text.done", updates.Select(update => update.Kind.ToString()));
    }

    [Fact]
    public async Task TextFormat_JsonSchema_GivesAnInstance()
    {
        await using var sdk = await SdkClient.StartAsync();
        var ask = SdkClient.Ask("John Smith, john@example.com");
        ask.TextOptions = new ResponseTextOptions
        {
            TextFormat = ResponseTextFormat.CreateJsonSchemaFormat("contact", BinaryData.FromString(
                """{"type":"object","properties":{"name":{"type":"string"},"email":{"type":"string"}},"required":["name","email"],"additionalProperties":false}"""), null, true),
        };

        var response = await sdk.CreateAsync(ask);

        using var json = JsonDocument.Parse(response.GetOutputText());
        Assert.Equal("john@example.com", json.RootElement.GetProperty("email").GetString());
    }

    [Fact]
    public async Task Input_WithTextImageAndFile_IsAccepted()
    {
        await using var sdk = await SdkClient.StartAsync();
        var options = new CreateResponseOptions(SdkClient.Model,
        [
            ResponseItem.CreateUserMessageItem(
            [
                ResponseContentPart.CreateInputTextPart("What is in the picture?"),
                ResponseContentPart.CreateInputImagePart(new Uri("https://example.com/cat.png"), ResponseImageDetailLevel.Auto),
                ResponseContentPart.CreateInputFilePart(BinaryData.FromString("notes"), "text/plain", "notes.txt"),
            ]),
        ]);

        var response = await sdk.CreateAsync(options);

        Assert.Contains("1 image", response.GetOutputText(), StringComparison.Ordinal);
    }
}
