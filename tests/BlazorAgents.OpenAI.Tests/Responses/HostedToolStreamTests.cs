using System.Text;
using BlazorAgents.Agents.HostedTools;
using Microsoft.Extensions.AI;
using static BlazorAgents.OpenAI.Tests.Responses.ResponseWire;

namespace BlazorAgents.OpenAI.Tests.Responses;

/// <summary>News and contents of the tools that the provider runs.</summary>
public sealed class HostedToolStreamTests
{
    [Fact]
    public async Task FileSearch_QueriesResultsAndCitation_AreRead()
    {
        const string Item =
            """
            {"type":"file_search_call","id":"fs_1","status":"completed","queries":["attributes of an ancient brown dragon","dragon"],"results":[{"file_id":"file-1","filename":"dragons.pdf","score":0.95,"text":"Brown dragons are huge.","attributes":{}},{"file_id":"file-1","filename":"dragons.pdf","score":0.5,"text":"Less near."}]}
            """;
        var updates = await ReadAsync(
            Created(),
            Added(0, """{"type":"file_search_call","id":"fs_1","status":"in_progress","queries":[],"results":null}"""),
            """{"type":"response.file_search_call.in_progress","output_index":0,"item_id":"fs_1"}""",
            """{"type":"response.file_search_call.searching","output_index":0,"item_id":"fs_1"}""",
            """{"type":"response.file_search_call.completed","output_index":0,"item_id":"fs_1"}""",
            Done(0, Item),
            Text("Huge.", 1),
            """{"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":1,"content_index":0,"annotation_index":0,"annotation":{"type":"file_citation","file_id":"file-1","index":4,"filename":"dragons.pdf"}}""",
            Completed());

        Assert.Equal(
            ["Running ", "Completed attributes of an ancient brown dragon\ndragon"], News(updates).Select(c => $"{c.Status} {c.Input}"));
        Assert.Equal(new HostedToolOutput.Passage("file-1", "dragons.pdf", 0.95f, "Brown dragons are huge."), News(updates).Last().Outputs[0]);
        var citation = Citations(updates).Single();
        Assert.Equal(
            ("file-1", "dragons.pdf", "file_search", "Brown dragons are huge.", (4, 4)),
            (citation.FileId, citation.Title, citation.ToolName, citation.Snippet, Span(citation)));
        var contents = updates.ToChatResponse().Messages.Single().Contents;
        Assert.Equal(["attributes of an ancient brown dragon", "dragon"], contents.OfType<FileSearchToolCallContent>().Single().Queries);
        Assert.Equal(2, contents.OfType<FileSearchToolResultContent>().Single().Passages.Count);
    }

    [Fact]
    public async Task CodeInterpreter_CodeAsItIsWrittenOutputsAndFiles_AreRead()
    {
        const string Start = """{"type":"code_interpreter_call","id":"ci_1","status":"in_progress","container_id":"cntr_1","code":"","outputs":null}""";
        const string End =
            """
            {"type":"code_interpreter_call","id":"ci_1","status":"completed","container_id":"cntr_1","code":"import math\nprint(math.pi)\n","outputs":[{"type":"logs","logs":"3.14"},{"type":"image","url":"https://x.test/plot.png"},{"type":"image","url":"data:image/png;base64,AQID"}]}
            """;
        var updates = await ReadAsync(
            Created(),
            Added(0, Start),
            """{"type":"response.code_interpreter_call.in_progress","output_index":0,"item_id":"ci_1"}""",
            """{"type":"response.code_interpreter_call_code.delta","output_index":0,"item_id":"ci_1","delta":"import"}""",
            """{"type":"response.code_interpreter_call_code.delta","output_index":0,"item_id":"ci_1","delta":" math\nprint("}""",
            """{"type":"response.code_interpreter_call_code.delta","output_index":0,"item_id":"ci_1","delta":"math.pi)\n"}""",
            """{"type":"response.code_interpreter_call_code.done","output_index":0,"item_id":"ci_1","code":"import math\nprint(math.pi)\n"}""",
            """{"type":"response.code_interpreter_call.interpreting","output_index":0,"item_id":"ci_1"}""",
            """{"type":"response.code_interpreter_call.completed","output_index":0,"item_id":"ci_1"}""",
            Done(0, End),
            Text("See pi.csv.", 1),
            """{"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":1,"content_index":0,"annotation_index":0,"annotation":{"type":"container_file_citation","container_id":"cntr_1","file_id":"cfile_1","filename":"pi.csv","start_index":4,"end_index":10}}""",
            Completed());

        var news = News(updates).ToList();
        Assert.Equal(
            ["", "import math\nprint(", "import math\nprint(math.pi)\n", "import math\nprint(math.pi)\n", "import math\nprint(math.pi)\n"],
            news.Select(c => c.Input));
        Assert.Equal(new HostedToolOutput.Text("3.14"), news[3].Outputs[0]);
        Assert.Equal(new HostedToolOutput.ImageLink("https://x.test/plot.png"), news[3].Outputs[1]);
        Assert.Equal([1, 2, 3], Assert.IsType<HostedToolOutput.Image>(news[3].Outputs[2]).Data.ToArray());
        Assert.Equal(new HostedToolOutput.File("cfile_1", "cntr_1", "pi.csv"), news[4].Outputs[3]);
        var citation = Citations(updates).Single();
        Assert.Equal(("cfile_1", "cntr_1", (4, 10)), (citation.FileId, citation.AdditionalProperties!["container_id"], Span(citation)));
        var contents = updates.ToChatResponse().Messages.Single().Contents;
        var code = Assert.IsType<DataContent>(contents.OfType<CodeInterpreterToolCallContent>().Single().Inputs!.Single());
        Assert.Equal("import math\nprint(math.pi)\n", Encoding.UTF8.GetString(code.Data.Span));
        Assert.Equal(3, contents.OfType<CodeInterpreterToolResultContent>().Single().Outputs!.Count);
        Assert.DoesNotContain(contents, c => c is TextContent { Text: "" } and { Annotations: null });
    }

    [Fact]
    public async Task CodeInterpreter_ManyDeltas_DoNotCopyTheCodeEachTime()
    {
        var deltas = Enumerable.Range(0, 2_000).Select(_ =>
            """{"type":"response.code_interpreter_call_code.delta","output_index":0,"item_id":"ci_1","delta":"abcd"}""");

        var updates = await ReadAsync([Created(), .. deltas, Completed()]);

        var copied = News(updates).Sum(c => (long)c.Input.Length);
        Assert.InRange(copied, 8_000, 8_000 * 150);
        Assert.True(News(updates).Count() > 100);
    }

    [Fact]
    public async Task WebSearch_EachKindOfAction_IsRead()
    {
        var updates = await ReadAsync(
            Created(),
            Added(0, """{"type":"web_search_call","id":"ws_1","status":"in_progress"}"""),
            """{"type":"response.web_search_call.in_progress","output_index":0,"item_id":"ws_1"}""",
            """{"type":"response.web_search_call.searching","output_index":0,"item_id":"ws_1"}""",
            """{"type":"response.web_search_call.completed","output_index":0,"item_id":"ws_1"}""",
            Done(0, """{"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"positive news","queries":["positive news","good news"],"sources":[{"type":"url","url":"https://a.test/1"}]}}"""),
            Done(1, """{"type":"web_search_call","id":"ws_2","status":"completed","action":{"type":"open_page","url":"https://a.test/1"}}"""),
            Done(2, """{"type":"web_search_call","id":"ws_3","status":"failed","action":{"type":"find_in_page","url":"https://a.test/1","pattern":"sun"}}"""),
            Done(3, """{"type":"web_search_call","id":"ws_4","status":"completed","action":{"type":"search","query":"old server"}}"""),
            Text("On March 6.", 4),
            """{"type":"response.output_text.annotation.added","item_id":"msg_4","output_index":4,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","start_index":3,"end_index":8,"url":"https://a.test/1?utm_source=x","title":"A page"}}""",
            Completed());

        Assert.Equal(
            ["ws_1 Running ", "ws_1 Completed positive news\ngood news", "ws_2 Completed https://a.test/1", "ws_3 Failed https://a.test/1", "ws_4 Completed old server"],
            News(updates).Select(c => $"{c.CallId} {c.Status} {c.Input}"));
        Assert.Equal(new HostedToolOutput.Link("https://a.test/1", null), News(updates).ElementAt(1).Outputs.Single());
        var citation = Citations(updates).Single();
        Assert.Equal(("https://a.test/1?utm_source=x", "A page", (3, 8)), (citation.Url!.ToString(), citation.Title, Span(citation)));
        var contents = updates.ToChatResponse().Messages.Single().Contents;
        Assert.Equal(["positive news", "good news"], contents.OfType<WebSearchToolCallContent>().First().Queries!);
        Assert.Equal("https://a.test/1", Assert.IsType<UriContent>(contents.OfType<WebSearchToolResultContent>().First().Outputs!.Single()).Uri.ToString());
    }

    [Fact]
    public async Task ImageGeneration_PartialAndFinalPictures_AreRead()
    {
        var updates = await ReadAsync(
            Created(),
            """{"type":"response.image_generation_call.in_progress","output_index":0,"item_id":"ig_1"}""",
            """{"type":"response.image_generation_call.generating","output_index":0,"item_id":"ig_1"}""",
            """{"type":"response.image_generation_call.partial_image","output_index":0,"item_id":"ig_1","partial_image_index":0,"partial_image_b64":"AQI="}""",
            """{"type":"response.image_generation_call.completed","output_index":0,"item_id":"ig_1"}""",
            Done(0, """{"type":"image_generation_call","id":"ig_1","status":"completed","result":"AQID","revised_prompt":"A cat","output_format":"webp"}"""),
            Completed());

        var news = News(updates).ToList();
        Assert.Equal([HostedToolStatus.Running, HostedToolStatus.Running, HostedToolStatus.Completed], news.Select(c => c.Status));
        Assert.Equal([1, 2], Assert.IsType<HostedToolOutput.Image>(news[1].Outputs.Single()).Data.ToArray());
        var image = Assert.IsType<HostedToolOutput.Image>(news[2].Outputs.Single());
        Assert.Equal(("A cat", "image/webp"), (news[2].Input, image.MediaType));
        var result = updates.ToChatResponse().Messages.Single().Contents.OfType<ImageGenerationToolResultContent>().Single();
        Assert.Equal([1, 2, 3], Assert.IsType<DataContent>(result.Outputs!.Single()).Data.ToArray());
    }

    [Fact]
    public async Task Mcp_ListCallAndFailure_AreRead()
    {
        var updates = await ReadAsync(
            Created(),
            Added(0, """{"type":"mcp_list_tools","id":"mcpl_1","server_label":"dice","tools":[]}"""),
            """{"type":"response.mcp_list_tools.in_progress","output_index":0,"item_id":"mcpl_1"}""",
            """{"type":"response.mcp_list_tools.completed","output_index":0,"item_id":"mcpl_1"}""",
            Done(0, """{"type":"mcp_list_tools","id":"mcpl_1","server_label":"dice","tools":[{"name":"roll","input_schema":{"type":"object"}}]}"""),
            Added(1, """{"type":"mcp_call","id":"mcp_1","server_label":"dice","name":"roll","arguments":"","output":null,"error":null}"""),
            """{"type":"response.mcp_call.in_progress","output_index":1,"item_id":"mcp_1"}""",
            """{"type":"response.mcp_call_arguments.delta","output_index":1,"item_id":"mcp_1","delta":"{\"dice\":"}""",
            """{"type":"response.mcp_call_arguments.done","output_index":1,"item_id":"mcp_1","arguments":"{\"dice\":\"2d4\"}"}""",
            """{"type":"response.mcp_call.completed","output_index":1,"item_id":"mcp_1"}""",
            Done(1, """{"type":"mcp_call","id":"mcp_1","server_label":"dice","name":"roll","arguments":"{\"dice\":\"2d4\"}","output":"4","error":null,"approval_request_id":null}"""),
            """{"type":"response.mcp_call.failed","output_index":2,"item_id":"mcp_2"}""",
            Done(2, """{"type":"mcp_call","id":"mcp_2","server_label":"dice","name":"roll","arguments":"{}","output":null,"error":{"type":"http_error","code":500,"message":"down"}}"""),
            Done(3, """{"type":"mcp_list_tools","id":"mcpl_2","server_label":"gone","tools":[],"error":"no such host"}"""),
            Completed());

        Assert.Equal(
            [
                "mcpl_1 McpTools Running  ", "mcpl_1 McpTools Completed  ", "mcp_1 Mcp Running  ", "mcp_1 Mcp Running {\"dice\":\"2d4\"} ",
                "mcp_1 Mcp Completed {\"dice\":\"2d4\"} ", "mcp_2 Mcp Failed {} down", "mcpl_2 McpTools Failed  no such host",
            ],
            News(updates).Select(c => $"{c.CallId} {c.Kind} {c.Status} {c.Input} {c.Error}"));
        Assert.Equal(new HostedToolOutput.Text("roll"), News(updates).ElementAt(1).Outputs.Single());
        var contents = updates.ToChatResponse().Messages.Single().Contents;
        var call = contents.OfType<McpServerToolCallContent>().First();
        Assert.Equal(("roll", "dice", "2d4"), (call.Name, call.ServerName, call.Arguments!["dice"]!.ToString()));
        Assert.Equal("4", Assert.IsType<TextContent>(contents.OfType<McpServerToolResultContent>().First().Outputs!.Single()).Text);
        Assert.Equal("down", Assert.IsType<ErrorContent>(contents.OfType<McpServerToolResultContent>().Last().Outputs!.Single()).Message);
    }

    [Fact]
    public async Task Mcp_ApprovalRequest_IsARequestForAPerson()
    {
        var updates = await ReadAsync(
            Created(),
            Done(0, """{"type":"mcp_approval_request","id":"mcpr_1","server_label":"dice","name":"roll","arguments":"{\"dice\":\"2d4\"}"}"""),
            Completed());

        var request = All<ToolApprovalRequestContent>(updates).Single();
        var call = Assert.IsType<McpServerToolCallContent>(request.ToolCall);
        Assert.Equal(("mcpr_1", "roll", "dice", "2d4"), (request.RequestId, call.Name, call.ServerName, call.Arguments!["dice"]!.ToString()));
    }

    [Fact]
    public async Task Citations_OfALaterItem_CountInTheWholeText()
    {
        var updates = await ReadAsync(
            Created(),
            Text("First. ", 0),
            Done(0, Message("msg_0", "First. ")),
            Text("See here.", 1),
            """{"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":1,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","start_index":4,"end_index":8,"url":"https://a.test/1","title":"A"}}""",
            """{"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":1,"content_index":0,"annotation_index":1,"annotation":{"type":"file_path","file_id":"file-2","index":3}}""",
            Done(1, Message("msg_1", "See here.").Replace("\"annotations\":[]", """
                "annotations":[{"type":"url_citation","start_index":4,"end_index":8,"url":"https://a.test/1","title":"A"},{"type":"file_path","file_id":"file-2","index":3},{"type":"url_citation","start_index":0,"end_index":3,"url":"https://a.test/2","title":"B"}]
                """, StringComparison.Ordinal)),
            Completed());

        var text = updates.ToChatResponse().Messages.Single().Text;
        var citations = Citations(updates).ToList();
        Assert.Equal(["A", null, "B"], citations.Select(c => c.Title));
        Assert.Equal(["here", "", "See"], citations.Select(c => text[Span(c).Item1..Span(c).Item2]));
        Assert.Equal("file-2", citations[1].FileId);
    }

    private static IEnumerable<HostedToolCall> News(IEnumerable<ChatResponseUpdate> updates) => All<HostedToolContent>(updates).Select(c => c.Call);

    private static IEnumerable<CitationAnnotation> Citations(IEnumerable<ChatResponseUpdate> updates) =>
        All<TextContent>(updates).SelectMany(t => t.Annotations ?? []).OfType<CitationAnnotation>();

    private static (int, int) Span(CitationAnnotation citation)
    {
        var region = citation.AnnotatedRegions!.OfType<TextSpanAnnotatedRegion>().Single();
        return (region.StartIndex!.Value, region.EndIndex!.Value);
    }
}
