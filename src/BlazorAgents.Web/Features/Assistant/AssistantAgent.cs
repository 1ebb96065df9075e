using BlazorAgents.Runs;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Web.Features.Assistant;

/// <summary>The default agent: general help, weather and time.</summary>
internal static class AssistantAgent
{
    public static AIFunction Weather(WeatherTool weather) => AIFunctionFactory.Create(weather.GetWeatherAsync, "get_weather");

    public static AIFunction Time(TimeTool time) => AIFunctionFactory.Create(time.GetTime, "get_time");

    public static AgentDefinition Create(WeatherTool weather, TimeTool time) => new()
    {
        Id = "assistant",
        Name = "Assistant",
        Description = "Answers questions, writes and explains; knows the weather and the time anywhere.",
        Icon = "sparkles",
        Instructions =
            """
            You are a helpful, precise assistant.
            - Answer in the language of the user, in Markdown where structure helps.
            - Use get_weather for questions about the weather and get_time for the current time or date; never guess either.
            - When a question is unclear, ask. When you do not know, say so.
            """,
        Starters =
        [
            "What's the weather like in Seattle?",
            "What time is it in Tokyo and in Berlin?",
            "Show me what Markdown you can write",
            "Tell me a short story",
        ],
        Tools = [Weather(weather), Time(time)],
    };
}
