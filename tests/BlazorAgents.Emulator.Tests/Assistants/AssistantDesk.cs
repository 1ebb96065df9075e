using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Tests.Demo;
using OpenAI.Assistants;

namespace BlazorAgents.Emulator.Tests.Assistants;

/// <summary>Makes assistants, threads and runs for tests by the SDK.</summary>
internal static class AssistantDesk
{
    public const string Model = "demo-model";

    public static AssistantClient Assistants(this SdkServer server) => server.Client.GetAssistantClient();

    /// <summary>A function tool from its Chat Completions JSON.</summary>
    public static FunctionToolDefinition Tool(string json)
    {
        var function = JsonNode.Parse(json)!["function"]!;
        return ToolDefinition.CreateFunction((string)function["name"]!, (string)function["description"]!, BinaryData.FromString(function["parameters"]!.ToJsonString()));
    }

    public static async Task<string> AssistantAsync(this SdkServer server, params ToolDefinition[] tools)
    {
        var options = new AssistantCreationOptions { Name = "Ada", Instructions = "You help." };
        foreach (var tool in tools)
        {
            options.Tools.Add(tool);
        }

        return (await server.Assistants().CreateAssistantAsync(Model, options)).Value.Id;
    }

    public static async Task<string> ThreadAsync(this SdkServer server, string question) =>
        (await server.Assistants().CreateThreadAsync(new ThreadCreationOptions { InitialMessages = { question } })).Value.Id;

    /// <summary>All updates of a stream; the runs in it are over or wait.</summary>
    public static async Task<List<StreamingUpdate>> ReadAsync(Task<System.ClientModel.AsyncStreamingResult<StreamingUpdate>> stream)
    {
        var updates = new List<StreamingUpdate>();
        await using var result = await stream;
        await foreach (var update in result)
        {
            updates.Add(update);
        }

        return updates;
    }

    public static string Text(IEnumerable<StreamingUpdate> updates) => string.Concat(updates.OfType<MessageContentUpdate>().Select(update => update.Text));

    public static ThreadRun LastRun(IEnumerable<StreamingUpdate> updates) => updates.OfType<RunUpdate>().Last().Value;

    /// <summary>Runs the assistant to its end or to its next question, and gives the run.</summary>
    public static async Task<ThreadRun> RunAsync(this SdkServer server, string thread, string assistant, RunCreationOptions? options = null) =>
        await server.Assistants().GetRunAsync(thread, LastRun(await ReadAsync(server.Assistants().CreateRunStreamingAsync(thread, assistant, options))).Id);

    public static async Task<string> AnswerAsync(this SdkServer server, string thread) =>
        (await server.Assistants().GetMessagesAsync(thread).FirstAsync()).Content[0].Text;

    public static string Weather => DemoTools.Weather;
}
