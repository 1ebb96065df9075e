using System.Text.Json;
using OpenAI.Responses;

namespace BlazorAgents.Emulator.Tests.Responses;

public sealed class ResponseToolTests
{
    private static readonly FunctionTool s_weather = Function("get_weather", "Get the current weather for a given location.", "location");
    private static readonly FunctionTool s_time = Function("get_time", "Get the current time in a city.", "location");

    [Fact]
    public async Task FunctionCalls_InParallel_AreAnsweredInTheNextResponse()
    {
        await using var sdk = await SdkClient.StartAsync();

        var first = await sdk.CreateAsync(SdkClient.Ask("weather and time in Paris", s_weather, s_time));

        var calls = first.OutputItems.Cast<FunctionCallResponseItem>().ToList();
        Assert.Equal(["get_weather", "get_time"], calls.Select(call => call.FunctionName));
        Assert.Equal("Paris", JsonDocument.Parse(calls[0].FunctionArguments).RootElement.GetProperty("location").GetString());
        var next = new CreateResponseOptions(SdkClient.Model, [.. calls.Select(call => ResponseItem.CreateFunctionCallOutputItem(call.CallId, call.FunctionName + ": fine"))])
        {
            PreviousResponseId = first.Id,
        };
        next.Tools.Add(s_weather);
        next.Tools.Add(s_time);
        var second = await sdk.CreateAsync(next);
        Assert.Equal(first.Id, second.PreviousResponseId);
        Assert.Contains("get_weather: fine", second.GetOutputText(), StringComparison.Ordinal);
        Assert.Contains("get_time: fine", second.GetOutputText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FunctionCalls_Streamed_SendTheirArgumentsInPieces()
    {
        await using var sdk = await SdkClient.StartAsync();

        var updates = await sdk.StreamAsync(SdkClient.Ask("What is the weather in San Francisco?", s_weather));

        var done = Assert.Single(updates.OfType<StreamingResponseFunctionCallArgumentsDoneUpdate>());
        var deltas = updates.OfType<StreamingResponseFunctionCallArgumentsDeltaUpdate>().ToList();
        Assert.True(deltas.Count > 1);
        Assert.Equal(done.FunctionArguments.ToString(), string.Concat(deltas.Select(delta => delta.Delta.ToString())));
        Assert.Equal("get_weather", done.FunctionName);
        var item = Assert.IsType<FunctionCallResponseItem>(Assert.Single(updates.OfType<StreamingResponseOutputItemDoneUpdate>()).Item);
        Assert.Equal(done.ItemId, item.Id);
        Assert.Equal(FunctionCallStatus.Completed, item.Status);
    }

    [Fact]
    public async Task ParallelCalls_Off_GivesOneCallAtATime()
    {
        await using var sdk = await SdkClient.StartAsync();
        var ask = SdkClient.Ask("weather and time in Paris", s_weather, s_time);
        ask.ParallelToolCallsEnabled = false;

        Assert.Single((await sdk.CreateAsync(ask)).OutputItems);
    }

    [Theory]
    [InlineData("none", 0)]
    [InlineData("auto", 0)]
    [InlineData("required", 1)]
    [InlineData("function", 1)]
    public async Task ToolChoice_Each_IsObeyed(string choice, int calls)
    {
        await using var sdk = await SdkClient.StartAsync();
        var ask = SdkClient.Ask("Hello, I am in Paris", s_time, s_weather);
        ask.ToolChoice = choice switch
        {
            "none" => ResponseToolChoice.CreateNoneChoice(),
            "required" => ResponseToolChoice.CreateRequiredChoice(),
            "function" => ResponseToolChoice.CreateFunctionChoice("get_weather"),
            _ => ResponseToolChoice.CreateAutoChoice(),
        };

        var response = await sdk.CreateAsync(ask);

        var made = response.OutputItems.OfType<FunctionCallResponseItem>().ToList();
        Assert.Equal(calls, made.Count);
        Assert.All(made, call => Assert.Equal(choice == "function" ? "get_weather" : call.FunctionName, call.FunctionName));
    }

    [Fact]
    public async Task FunctionCall_WithoutOutput_IsRefusedByName()
    {
        await using var sdk = await SdkClient.StartAsync();
        var first = await sdk.CreateAsync(SdkClient.Ask("weather in Paris", s_weather));
        var call = Assert.IsType<FunctionCallResponseItem>(Assert.Single(first.OutputItems));
        var next = SdkClient.Ask("and now?");
        next.PreviousResponseId = first.Id;

        var error = await SdkClient.FailAsync(() => sdk.CreateAsync(next));

        Assert.Equal(400, error.Status);
        Assert.Contains($"No tool output found for function call {call.CallId}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FunctionOutput_WithoutCall_IsRefusedByName()
    {
        await using var sdk = await SdkClient.StartAsync();

        var error = await SdkClient.FailAsync(() => sdk.CreateAsync(new CreateResponseOptions(SdkClient.Model, [ResponseItem.CreateFunctionCallOutputItem("call_x", "done")])));

        Assert.Contains("No tool call found for function call output with call_id call_x.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thread_SentWhole_NeedsNoStore()
    {
        await using var sdk = await SdkClient.StartAsync();
        var ask = SdkClient.Ask("weather in Paris", s_weather);
        ask.StoredOutputEnabled = false;
        var first = await sdk.CreateAsync(ask);
        var call = Assert.IsType<FunctionCallResponseItem>(Assert.Single(first.OutputItems));

        ask.InputItems.Add(call);
        ask.InputItems.Add(ResponseItem.CreateFunctionCallOutputItem(call.CallId, "Sunny, 21 degrees"));
        var second = await sdk.CreateAsync(ask);

        Assert.Contains("Sunny, 21 degrees", second.GetOutputText(), StringComparison.Ordinal);
        Assert.Equal(404, (await SdkClient.FailAsync(() => sdk.Responses.GetResponseAsync(second.Id))).Status);
    }

    private static FunctionTool Function(string name, string description, string parameter) => ResponseTool.CreateFunctionTool(name,
        BinaryData.FromString($$$"""{"type":"object","properties":{"{{{parameter}}}":{"type":"string","description":"City"}},"required":["{{{parameter}}}"],"additionalProperties":false}"""), true, description);
}
