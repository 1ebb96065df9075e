using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BlazorAgents.Agents;
using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.OpenAI.Tests;

/// <summary>The client layer over real connections.</summary>
public sealed class RealSocketTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task OfflineModel_WithATool_AnswersFromItsResult()
    {
        await using var emulator = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        using var services = new ServiceCollection().AddLogging().AddOpenAIProvider(new ConfigurationBuilder().Build()).BuildServiceProvider();
        services.GetRequiredService<OfflineEndpoint>().Address = emulator.BaseUrl;
        var places = new List<string>();

        [Description("Get the current weather for a location.")]
        string GetWeather([Description("The city")] string location)
        {
            places.Add(location);
            return $"The weather in {location} is sunny, 24 °C.";
        }

        var agent = services.GetRequiredService<ProviderClients>().CreateChatClient()
            .CreateAgent("WeatherAgent", "You are a helpful weather assistant.", [AIFunctionFactory.Create(GetWeather, "get_weather")]);
        var answer = await agent.RunAsync("What's the weather like in Seattle?").WaitAsync(s_patience);

        Assert.Equal(["Seattle"], places);
        Assert.Contains("24 °C", answer.Text, StringComparison.Ordinal);
        Assert.True(answer.Usage.OutputTokenCount > 0);
        Assert.Contains("demo-model", await services.GetRequiredService<ModelCatalog>().GetModelIdsAsync(default));
    }

    [Theory]
    [Trait("Id", "REL-03")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_BrokenAfterText_KeepsThePartAndSaysSo(bool reset)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var mayBreak = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var serving = ServeHalfAnAnswerAsync(listener, mayBreak.Task, reset);
        using var services = new ServiceCollection().AddLogging().AddOpenAIProvider(new ConfigurationBuilder().Build()).BuildServiceProvider();
        services.GetRequiredService<OfflineEndpoint>().Address = new Uri($"http://{listener.LocalEndpoint}/v1");
        var agent = services.GetRequiredService<ProviderClients>().CreateChatClient().CreateAgent();
        var text = string.Empty;

        var error = await Assert.ThrowsAsync<AgentException>(async () =>
        {
            await foreach (var update in agent.RunStreamingAsync("Hi"))
            {
                if (update is AgentUpdate.TextDelta delta)
                {
                    text += delta.Text;
                    mayBreak.TrySetResult();
                }
            }
        }).WaitAsync(s_patience);

        await serving.WaitAsync(s_patience);
        Assert.Equal(("Half", AgentErrorKind.Unavailable, true), (text, error.Kind, error.BrokeMidStream));
    }

    private static async Task ServeHalfAnAnswerAsync(TcpListener listener, Task mayBreak, bool reset)
    {
        const string Event =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Half\"},\"finish_reason\":null}]}\n\n";
        using var socket = await listener.AcceptSocketAsync();
        var seen = string.Empty;
        var buffer = new byte[4096];
        while (!seen.EndsWith('}'))
        {
            seen += Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
        }

        await socket.SendAsync(Encoding.UTF8.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n{Event.Length:x}\r\n{Event}\r\n"));
        await mayBreak;
        socket.LingerState = new LingerOption(reset, 0); // zero: the close is a reset
    }
}
