using System.Text.Json;
using BlazorAgents.Emulator.Responses;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Scripted;

/// <summary>Plays a reply to a response request. Opening and closing events come by themselves, as the specification orders them.</summary>
internal sealed class ResponsesPlayback(Exchange exchange, ScriptedRequest request) : ScriptedPlayback(exchange, request)
{
    private static readonly object[] s_none = [];

    private ResponseRun? _run;
    private string _id = WireId.New("resp");
    private int _firstNumber;
    private bool _created;
    private int _sent;
    private ScriptedPart? _part;
    private (string Id, int Index) _item;

    private ResponseRun Run => _run ??= new ResponseRun(ReadRequest(), [], [], Exchange.Time) { Id = _id, Log = new ResponseLog(_firstNumber) };

    public Task Name(string id, int firstNumber)
    {
        (_id, _firstNumber, _created) = (id, firstNumber, firstNumber > 0);
        return Task.CompletedTask;
    }

    public Task CreatedAsync()
    {
        Announce();
        return FlushAsync();
    }

    public override async Task TextAsync(string text)
    {
        await PauseAsync();
        Part("output_text").Write(text);
        await FlushAsync();
    }

    public Task RefusalAsync(string text)
    {
        Part("refusal").Write(text);
        return FlushAsync();
    }

    public override Task ReasoningAsync(string text)
    {
        Part("summary_text").Write(text);
        return FlushAsync();
    }

    public Task RawReasoningAsync(string text)
    {
        Part("reasoning_text").Write(text);
        return FlushAsync();
    }

    public Task AnnotationAsync(JsonElement annotation)
    {
        Part("output_text").Annotate(annotation);
        return FlushAsync();
    }

    public override async Task CallAsync(ToolCall call, int pieceLength)
    {
        await OpenItemAsync(Call(call, "", "in_progress"));
        foreach (var piece in call.Arguments.Chunk(Math.Max(1, pieceLength)))
        {
            Run.Log.Append("response.function_call_arguments.delta", ("item_id", _item.Id), ("output_index", _item.Index), ("delta", new string(piece)));
            await FlushAsync();
        }

        Run.Log.Append("response.function_call_arguments.done", ("item_id", _item.Id), ("output_index", _item.Index), ("name", call.Name), ("arguments", call.Arguments));
        await CloseItemAsync(Call(call, call.Arguments, "completed"));
    }

    public override async Task SplitTextAsync(string text, Gate? between)
    {
        var part = Part("output_text");
        await FlushAsync();
        part.Write(text);
        if (Streams)
        {
            await SplitAsync(Run.Log.Since(_sent++)[0], between);
        }
    }

    public override Task UnknownFieldsAsync() => Streams
        ? ServerEventAsync("response.output_text.delta", WireJson.Element(new { item_id = Part("output_text").ItemId, output_index = Part("output_text").Index, content_index = 0, delta = "", logprobs = s_none, future = new { a = true } }))
        : Task.CompletedTask;

    public Task OpenItemAsync(JsonElement item)
    {
        ClosePart();
        Announce();
        _item = (item.Text("id") ?? "", Run.Add(item));
        return FlushAsync();
    }

    public Task ItemEventAsync(string type, JsonElement members)
    {
        Run.Log.Append(type, [("item_id", _item.Id), ("output_index", _item.Index), .. Members(members)]);
        return FlushAsync();
    }

    public Task CloseItemAsync(JsonElement item)
    {
        Run.Complete(_item.Index, item);
        return FlushAsync();
    }

    public Task ServerEventAsync(string type, JsonElement members)
    {
        Run.Log.Append(type, [.. Members(members)]);
        return FlushAsync();
    }

    public override Task ErrorAsync(ApiError error)
    {
        Run.Log.Append("error", ("code", error.Code), ("message", error.Message), ("param", error.Param));
        return FlushAsync();
    }

    public override Task FinishAsync(string? reason) => reason switch
    {
        "length" or "max_output_tokens" => EndAsync("incomplete", null, "max_output_tokens"),
        "content_filter" => EndAsync("incomplete", null, "content_filter"),
        _ => EndAsync("completed", null, null),
    };

    public async Task EndAsync(string status, (string Code, string Message)? error, string? incompleteReason)
    {
        Announce();
        ClosePart(status == "completed" ? "completed" : "incomplete");
        Run.Finish(status, new ResponseUsage(Usage.Prompt, Usage.Completion, 0), error, incompleteReason);
        await FlushAsync();
        if (!Streams)
        {
            await Sse.RawAsync(WireJson.Bytes(Run.Describe(ItemView.Includable)));
        }
    }

    private static IEnumerable<(string, object?)> Members(JsonElement members) => members.EnumerateObject().Select(member => (member.Name, (object?)member.Value));

    private static JsonElement Call(ToolCall call, string arguments, string status) =>
        WireJson.Element(new { id = "fc_" + call.Id, type = "function_call", status, call_id = call.Id, name = call.Name, arguments });

    private ScriptedPart Part(string kind)
    {
        if (_part?.Kind != kind)
        {
            ClosePart();
            Announce();
            _part = new ScriptedPart(Run, kind);
        }

        return _part!;
    }

    private void ClosePart(string status = "completed")
    {
        _part?.Close(status);
        _part = null;
    }

    private void Announce()
    {
        if (!_created)
        {
            _created = true;
            Run.Begin();
            Run.Start();
        }
    }

    private async Task FlushAsync()
    {
        if (Streams)
        {
            foreach (var frame in Run.Log.Since(_sent))
            {
                _sent++;
                await Sse.RawAsync(frame);
            }
        }
    }

    /// <summary>The script decides what is sent: everything is included, and a request that cannot be read is no hindrance.</summary>
    private ResponseRequest ReadRequest()
    {
        var root = Request.Json.ValueKind == JsonValueKind.Object ? Request.Json : WireJson.Element(new { });
        try
        {
            return ResponseRequestReader.Read(root, _ => true) with { Include = ItemView.Includable };
        }
        catch (ApiErrorException)
        {
            var tools = new ResponseTools([], [], []);
            return new ResponseRequest
            {
                Root = WireJson.Element(new { }),
                Model = Request.Model ?? "scripted-model",
                Input = [],
                Include = ItemView.Includable,
                Tools = tools,
                Choice = ToolChoice.Read(WireJson.Element(new { }), tools),
                Metadata = new Dictionary<string, string>(),
            };
        }
    }
}
