using System.Text;
using System.Text.Json;
using BlazorAgents.Emulator.Responses;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Scripted;

/// <summary>The part that a script writes piece by piece: text, a refusal, a reasoning summary, or reasoning. It has an item of its own.</summary>
internal sealed class ScriptedPart
{
    private static readonly object[] s_none = [];

    private readonly ResponseRun _run;
    private readonly StringBuilder _text = new();
    private readonly List<JsonElement> _annotations = [];

    public ScriptedPart(ResponseRun run, string kind)
    {
        (_run, Kind) = (run, kind);
        ItemId = WireId.New(IsReasoning ? "rs" : "msg");
        Index = run.Add(Item("in_progress", s_none));
        Added();
    }

    /// <summary>Type of the content part: output_text, refusal, summary_text or reasoning_text.</summary>
    public string Kind { get; }

    public string ItemId { get; }

    public int Index { get; }

    private bool IsReasoning => Kind is "summary_text" or "reasoning_text";

    private string Events => Kind == "summary_text" ? "response.reasoning_summary_text" : "response." + Kind;

    private (string, object?) Place => (Kind == "summary_text" ? "summary_index" : "content_index", 0);

    public void Write(string text)
    {
        _text.Append(text);
        Append(Events + ".delta", ("delta", text));
    }

    public void Annotate(JsonElement annotation)
    {
        _annotations.Add(annotation);
        _run.Log.Append("response.output_text.annotation.added",
            ("item_id", ItemId), ("output_index", Index), ("content_index", 0), ("annotation_index", _annotations.Count - 1), ("annotation", annotation));
    }

    public void Close(string status)
    {
        var text = _text.ToString();
        Append(Events + ".done", (Kind == "refusal" ? "refusal" : "text", text));
        if (Kind == "summary_text")
        {
            _run.Log.Append("response.reasoning_summary_part.done", ("item_id", ItemId), ("output_index", Index), Place, ("part", Part(text)));
        }
        else if (!IsReasoning)
        {
            _run.Log.Append("response.content_part.done", ("item_id", ItemId), ("output_index", Index), Place, ("part", Part(text)));
        }

        _run.Complete(Index, Item(status, [Part(text)]));
    }

    private void Added()
    {
        if (Kind == "summary_text")
        {
            _run.Log.Append("response.reasoning_summary_part.added", ("item_id", ItemId), ("output_index", Index), Place, ("part", Part("")));
        }
        else if (!IsReasoning)
        {
            _run.Log.Append("response.content_part.added", ("item_id", ItemId), ("output_index", Index), Place, ("part", Part("")));
        }
    }

    private void Append(string type, (string, object?) value)
    {
        if (Kind == "output_text")
        {
            _run.Log.Append(type, ("item_id", ItemId), ("output_index", Index), Place, value, ("logprobs", s_none));
        }
        else
        {
            _run.Log.Append(type, ("item_id", ItemId), ("output_index", Index), Place, value);
        }
    }

    private object Part(string text) => Kind switch
    {
        "output_text" => new { type = Kind, text, annotations = _annotations, logprobs = s_none },
        "refusal" => new { type = Kind, refusal = text },
        _ => new { type = Kind, text },
    };

    private object Item(string status, object[] parts) => Kind switch
    {
        "summary_text" => new { id = ItemId, type = "reasoning", summary = parts },
        "reasoning_text" => new { id = ItemId, type = "reasoning", summary = s_none, content = parts },
        _ => new { id = ItemId, type = "message", status, role = "assistant", content = parts },
    };
}
