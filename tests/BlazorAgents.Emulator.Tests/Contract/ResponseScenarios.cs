using System.Net;
using System.Text.Json.Nodes;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Responses of the demo model.</summary>
internal static class ResponseScenarios
{
    private const string Path = "responses";

    private const string WeatherTool =
        """{"type":"function","name":"get_weather","description":"Get the current weather for a given location.","strict":true,"parameters":{"type":"object","properties":{"location":{"type":"string"}},"required":["location"],"additionalProperties":false}}""";

    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        new("responses: text, with every option", OptionsAsync),
        new("responses: every kind of input", InputAsync),
        new("responses: functions", FunctionsAsync),
        new("responses: structured output", StructuredAsync),
        new("responses: reasoning", ReasoningAsync),
        new("responses: cut off by its limit", LimitAsync),
        new("responses: stored, listed, counted, deleted", StoredAsync),
        new("responses: in the background, followed and cancelled", BackgroundAsync),
        new("responses: wrong requests", WrongAsync),
    ];

    private static async Task OptionsAsync(ContractSession session)
    {
        await BothAsync(session, """{"model":"demo-model","input":"Hello"}""");
        await BothAsync(session, """
            {"model":"demo-model","input":"Hello","instructions":"Be brief.","temperature":0.5,"top_p":0.5,"max_output_tokens":200,"store":false,
             "metadata":{"a":"b"},"parallel_tool_calls":false,"tool_choice":"auto","tools":[],"truncation":"auto","user":"u","safety_identifier":"s",
             "prompt_cache_key":"k","service_tier":"auto","text":{"format":{"type":"text"},"verbosity":"low"},"top_logprobs":0,"max_tool_calls":3,
             "include":["reasoning.encrypted_content","message.output_text.logprobs"]}
            """);
    }

    private static async Task InputAsync(ContractSession session)
    {
        await BothAsync(session, """
            {"model":"demo-model","input":[
             {"role":"developer","content":"Be brief."},
             {"type":"message","role":"user","content":[{"type":"input_text","text":"What is this?"},
               {"type":"input_image","image_url":"data:image/png;base64,AQID","detail":"auto"},
               {"type":"input_file","filename":"a.txt","file_data":"data:text/plain;base64,SGVsbG8="}]},
             {"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"A picture.","annotations":[],"logprobs":[]}]},
             {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}]},
             {"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":"{}","status":"completed"},
             {"type":"function_call_output","call_id":"call_1","output":"done"},
             {"role":"user","content":"Thank you"}]}
            """);
    }

    private static async Task FunctionsAsync(ContractSession session)
    {
        foreach (var stream in new[] { false, true })
        {
            await session.PostAsync(Path, Ask("weather in Paris and London", stream, WeatherTool));
        }

        var asked = await session.PostJsonAsync(Path, Ask("What is the weather in Paris?", false, WeatherTool));
        var call = asked["output"]!.AsArray().Single(item => (string)item!["type"]! == "function_call")!;
        foreach (var stream in new[] { "false", "true" })
        {
            await session.PostAsync(Path, $$"""
                {"model":"demo-model","stream":{{stream}},"previous_response_id":"{{asked["id"]}}","tools":[{{WeatherTool}}],
                 "input":[{"type":"function_call_output","call_id":"{{call["call_id"]}}","output":"{\"temperature\":21}"}]}
                """);
        }

        foreach (var choice in new[] { "\"none\"", "\"required\"", """{"type":"function","name":"get_weather"}""", """{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"get_weather"}]}""" })
        {
            await session.PostAsync(Path, $$"""{"model":"demo-model","input":"weather in Rome","tools":[{{WeatherTool}}],"tool_choice":{{choice}}}""");
        }
    }

    private static Task StructuredAsync(ContractSession session) => BothAsync(session, """
        {"model":"demo-model","input":"My name is Ada Lovelace.","text":{"format":{"type":"json_schema","name":"person","description":"A person.","strict":true,
         "schema":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false}}}}
        """);

    private static Task ReasoningAsync(ContractSession session) =>
        BothAsync(session, """{"model":"demo-model","input":"What is 2+2?","reasoning":{"effort":"high","summary":"detailed"},"include":["reasoning.encrypted_content"]}""");

    private static Task LimitAsync(ContractSession session) => BothAsync(session, """{"model":"demo-model","input":"Tell me a story","max_output_tokens":16}""");

    private static async Task StoredAsync(ContractSession session)
    {
        var first = (await session.PostJsonAsync(Path, """{"model":"demo-model","input":[{"role":"user","content":"My name is Ada."},{"role":"user","content":"Remember it."}]}"""))["id"];
        var next = (await session.PostJsonAsync(Path, $$"""{"model":"demo-model","previous_response_id":"{{first}}","input":"What is my name?"}"""))["id"];

        await session.GetAsync($"{Path}/{next}");
        await session.GetAsync($"{Path}/{next}?stream=true&starting_after=2&include_obfuscation=false");
        var page = await session.GetJsonAsync($"{Path}/{first}/input_items?limit=1&order=asc&include[]=message.input_image.image_url");
        await session.GetAsync($"{Path}/{first}/input_items?after={page["last_id"]}");
        await session.PostAsync(Path + "/input_tokens", $$"""{"model":"demo-model","input":"Hello","previous_response_id":"{{next}}","tools":[{{WeatherTool}}]}""");
        await session.DeleteAsync($"{Path}/{next}");
    }

    private static async Task BackgroundAsync(ContractSession session)
    {
        var id = (await session.PostJsonAsync(Path, """{"model":"demo-model","background":true,"store":true,"input":"Tell me a story"}"""))["id"];
        await session.GetAsync($"{Path}/{id}?stream=true");
        await session.PostEmptyAsync($"{Path}/{id}/cancel");
        await session.PostAsync(Path, """{"model":"demo-model","background":true,"stream":true,"input":"Hello"}""");
    }

    private static async Task WrongAsync(ContractSession session)
    {
        await session.PostAsync(Path, "{", HttpStatusCode.BadRequest);
        await session.PostAsync(Path, """{"model":"demo-model","input":7}""", HttpStatusCode.BadRequest);
        await session.PostAsync(Path, """{"model":"other","input":"x"}""", HttpStatusCode.BadRequest);
        await session.PostAsync(Path, """{"model":"demo-model","input":"x","previous_response_id":"resp_none"}""", HttpStatusCode.BadRequest);
        await session.GetAsync(Path + "/resp_none", HttpStatusCode.NotFound);
        await session.DeleteAsync(Path + "/resp_none", HttpStatusCode.NotFound);
    }

    /// <summary>The same request plain and streamed.</summary>
    private static async Task BothAsync(ContractSession session, string body)
    {
        await session.PostAsync(Path, body);
        var streamed = (JsonObject)JsonNode.Parse(body)!;
        streamed["stream"] = true;
        Assert.Contains("event: response.created", await session.PostAsync(Path, streamed.ToJsonString()), StringComparison.Ordinal);
    }

    private static string Ask(string text, bool stream, params string[] tools) => new JsonObject
    {
        ["model"] = "demo-model",
        ["input"] = text,
        ["stream"] = stream,
        ["tools"] = new JsonArray([.. tools.Select(tool => JsonNode.Parse(tool))]),
    }.ToJsonString();
}
