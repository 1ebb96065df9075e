using System.ComponentModel;
using BlazorAgents.Agents;
using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.OpenAI.Tests.Providers;

/// <summary>README's program: three variables choose the server, and the agent's code knows none of it.</summary>
public sealed class WholeProgramTests
{
    [Fact]
    public async Task Agent_WithThreeVariables_CallsItsToolOverAnyCompatibleServer()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        var variables = new Dictionary<string, string?>
        {
            ["OPENAI_API_BASE_URL"] = server.BaseUrl.ToString(),
            ["OPENAI_API_KEY"] = "any",
            ["OPENAI_CHAT_MODEL_ID"] = "demo-model",
        };
        var services = new ServiceCollection().AddLogging().AddOpenAIProvider(new ConfigurationBuilder().AddInMemoryCollection(variables).Build());
        await using var provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<ProviderClients>().CreateChatClient();
        var agent = client.CreateAgent("WeatherAgent", "You are a helpful weather assistant.", [AIFunctionFactory.Create(GetWeather)]);
        var answer = await agent.RunAsync("What's the weather like in Seattle?");

        Assert.Contains("sunny, 24 °C", answer.Text, StringComparison.Ordinal);
        Assert.Contains(answer.Messages, message => message.Contents.OfType<FunctionCallContent>().Any());
    }

    [Description("Gets the weather for a place.")]
    private static string GetWeather([Description("The place.")] string location) => $"The weather in {location} is sunny, 24 °C.";
}
