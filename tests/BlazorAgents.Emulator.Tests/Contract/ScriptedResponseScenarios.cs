using BlazorAgents.Emulator.Scripted;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Responses written by a script: what a provider sends and the demo model never does. Clients are tested against these.</summary>
internal static class ScriptedResponseScenarios
{
    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        Scenario("text, annotations, reasoning, refusal, call", () => ScriptedReply.Stream().Reasoning("Let me see.").RawReasoning("Hm.")
            .Text("See ").Text("this.")
            .Annotation("""{"type":"url_citation","url":"https://x.test/","title":"X","start_index":0,"end_index":3}""")
            .Annotation("""{"type":"file_citation","file_id":"file-1","filename":"a.txt","index":3}""")
            .Annotation("""{"type":"container_file_citation","container_id":"cntr_1","file_id":"cfile_1","filename":"a.png","start_index":0,"end_index":3}""")
            .Annotation("""{"type":"file_path","file_id":"file-1","index":3}""")
            .Refusal("No.").ToolCall("call_1", "f", """{"x":1}""").Usage(3, 4).Finish()),
        Scenario("file search", () => ScriptedReply.Stream()
            .OpenItem("""{"id":"fs_1","type":"file_search_call","status":"in_progress","queries":[],"results":null}""")
            .ItemEvent("response.file_search_call.in_progress").ItemEvent("response.file_search_call.searching").ItemEvent("response.file_search_call.completed")
            .CloseItem("""{"id":"fs_1","type":"file_search_call","status":"completed","queries":["q"],"results":[{"file_id":"file-1","filename":"a.txt","score":0.5,"text":"t","attributes":{"a":1}}]}""").Text("x").Finish()),
        Scenario("web search", () => ScriptedReply.Stream()
            .OpenItem("""{"id":"ws_1","type":"web_search_call","status":"in_progress","action":{"type":"search"}}""")
            .ItemEvent("response.web_search_call.in_progress").ItemEvent("response.web_search_call.searching").ItemEvent("response.web_search_call.completed")
            .CloseItem("""{"id":"ws_1","type":"web_search_call","status":"completed","action":{"type":"search","query":"q","queries":["q"],"sources":[{"type":"url","url":"https://x.test/"}]}}""")
            .Item("""{"id":"ws_2","type":"web_search_call","status":"completed","action":{"type":"open_page","url":"https://x.test/"}}""")
            .Item("""{"id":"ws_3","type":"web_search_call","status":"completed","action":{"type":"find_in_page","url":"https://x.test/","pattern":"p"}}""").Finish()),
        Scenario("code", () => ScriptedReply.Stream()
            .OpenItem("""{"id":"ci_1","type":"code_interpreter_call","status":"in_progress","container_id":"cntr_1","code":"","outputs":null}""")
            .ItemEvent("response.code_interpreter_call.in_progress")
            .ItemEvent("response.code_interpreter_call_code.delta", """{"delta":"print(1)"}""").ItemEvent("response.code_interpreter_call_code.done", """{"code":"print(1)"}""")
            .ItemEvent("response.code_interpreter_call.interpreting").ItemEvent("response.code_interpreter_call.completed")
            .CloseItem("""{"id":"ci_1","type":"code_interpreter_call","status":"completed","container_id":"cntr_1","code":"print(1)","outputs":[{"type":"logs","logs":"1"},{"type":"image","url":"https://x.test/a.png"}]}""").Finish()),
        Scenario("a picture", () => ScriptedReply.Stream()
            .OpenItem("""{"id":"ig_1","type":"image_generation_call","status":"in_progress","result":null}""")
            .ItemEvent("response.image_generation_call.in_progress").ItemEvent("response.image_generation_call.generating")
            .ItemEvent("response.image_generation_call.partial_image", """{"partial_image_index":0,"partial_image_b64":"AQID"}""").ItemEvent("response.image_generation_call.completed")
            .CloseItem("""{"id":"ig_1","type":"image_generation_call","status":"completed","result":"AQID"}""").Finish()),
        Scenario("MCP", () => ScriptedReply.Stream()
            .OpenItem("""{"id":"mcpl_1","type":"mcp_list_tools","server_label":"s","tools":[]}""")
            .ItemEvent("response.mcp_list_tools.in_progress").ItemEvent("response.mcp_list_tools.completed")
            .CloseItem("""{"id":"mcpl_1","type":"mcp_list_tools","server_label":"s","tools":[{"name":"n","description":"d","input_schema":{"type":"object"},"annotations":{"readOnlyHint":true}}]}""")
            .OpenItem("""{"id":"mcpl_2","type":"mcp_list_tools","server_label":"t","tools":[]}""").ItemEvent("response.mcp_list_tools.failed")
            .CloseItem("""{"id":"mcpl_2","type":"mcp_list_tools","server_label":"t","tools":[],"error":"not there"}""")
            .OpenItem("""{"id":"mcp_1","type":"mcp_call","server_label":"s","name":"n","arguments":"","status":"in_progress"}""")
            .ItemEvent("response.mcp_call.in_progress").ItemEvent("response.mcp_call_arguments.delta", """{"delta":"{}"}""").ItemEvent("response.mcp_call_arguments.done", """{"arguments":"{}"}""")
            .ItemEvent("response.mcp_call.completed")
            .CloseItem("""{"id":"mcp_1","type":"mcp_call","server_label":"s","name":"n","arguments":"{}","output":"done","error":null,"status":"completed"}""")
            .OpenItem("""{"id":"mcp_2","type":"mcp_call","server_label":"s","name":"n","arguments":"{}","status":"calling"}""").ItemEvent("response.mcp_call.failed")
            .CloseItem("""{"id":"mcp_2","type":"mcp_call","server_label":"s","name":"n","arguments":"{}","output":null,"error":{"type":"mcp_tool_execution_error","content":"broken"},"status":"failed"}""")
            .Item("""{"id":"mcpr_1","type":"mcp_approval_request","server_label":"s","name":"n","arguments":"{}"}""").Finish()),
        Scenario("a custom tool", () => ScriptedReply.Stream()
            .OpenItem("""{"id":"ctc_1","type":"custom_tool_call","call_id":"c","name":"n","input":""}""")
            .ItemEvent("response.custom_tool_call_input.delta", """{"delta":"i"}""").ItemEvent("response.custom_tool_call_input.done", """{"input":"i"}""")
            .CloseItem("""{"id":"ctc_1","type":"custom_tool_call","call_id":"c","name":"n","input":"i"}""").Finish()),
        Scenario("failed", () => ScriptedReply.Stream().Text("part").Failed("It broke.", "server_error")),
        Scenario("incomplete", () => ScriptedReply.Stream().Text("part").Incomplete("content_filter")),
        Scenario("an error in the stream", () => ScriptedReply.Stream().Text("part").ErrorEvent("oops", "server_error")),
    ];

    private static ContractScenario Scenario(string name, Func<ScriptedReply> reply) => new("scripted response: " + name, async session =>
    {
        await session.PostAsync("responses", """{"model":"gpt-4o","input":"x","stream":true}""");
        if (!name.Contains("error", StringComparison.Ordinal))
        {
            await session.PostAsync("responses", """{"model":"gpt-4o","input":"x"}""");
        }
    })
    {
        Brain = () => new ScriptedProvider().Enqueue(reply(), ScriptedProvider.ResponsesPath).Enqueue(reply(), ScriptedProvider.ResponsesPath),
    };
}
