using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlazorAgents.Emulator.Tests.Demo;

/// <summary>A conversation with the demo model over HTTP, with the tool loop of a client.</summary>
internal sealed class DemoChat : IAsyncDisposable
{
    private const int MostRounds = 10;

    private readonly EmulatorClient _client;
    private readonly JsonArray _messages = [];
    private readonly JsonArray? _tools;
    private readonly Func<string, JsonElement, string> _run;

    private DemoChat(EmulatorClient client, JsonArray? tools, Func<string, JsonElement, string> run) => (_client, _tools, _run) = (client, tools, run);

    /// <summary>Calls made so far, each as "name {arguments}".</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Number of calls in each answer that held some.</summary>
    public List<int> Rounds { get; } = [];

    public JsonObject Extra { get; } = [];

    public static async Task<DemoChat> StartAsync(string instructions = "", Func<string, JsonElement, string>? run = null, params string[] tools)
    {
        var chat = new DemoChat(await EmulatorClient.StartAsync(), tools.Length > 0 ? DemoTools.Json(tools) : null, run ?? ((_, _) => "done"));
        if (instructions.Length > 0)
        {
            chat.Add("system", instructions);
        }

        return chat;
    }

    public void Add(string role, JsonNode content) => _messages.Add(new JsonObject { ["role"] = role, ["content"] = content });

    public async Task<string> SayAsync(JsonNode text)
    {
        Add("user", text);
        for (var round = 0; round < MostRounds; round++)
        {
            var message = await NextAsync();
            _messages.Add(JsonNode.Parse(message.GetRawText()));
            if (!message.TryGetProperty("tool_calls", out var calls))
            {
                return message.GetProperty("content").GetString()!;
            }

            Rounds.Add(calls.GetArrayLength());
            foreach (var call in calls.EnumerateArray())
            {
                Answer(call);
            }
        }

        throw new InvalidOperationException("The demo keeps calling tools.");
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task<JsonElement> NextAsync()
    {
        var body = new JsonObject { ["model"] = "demo-model", ["messages"] = _messages.DeepClone() };
        if (_tools is not null)
        {
            body["tools"] = _tools.DeepClone();
        }

        foreach (var (name, value) in Extra)
        {
            body[name] = value?.DeepClone();
        }

        var (status, json) = await _client.PostAsync("chat/completions", body);
        Assert.True((int)status == 200, json.ToString());
        return json.GetProperty("choices")[0].GetProperty("message");
    }

    private void Answer(JsonElement call)
    {
        var function = call.GetProperty("function");
        var (name, arguments) = (function.GetProperty("name").GetString()!, function.GetProperty("arguments").GetString()!);
        Calls.Add(name + " " + arguments);
        _messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = call.GetProperty("id").GetString(), ["content"] = _run(name, JsonDocument.Parse(arguments).RootElement) });
    }
}
