using System.Text.Json;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>Writes messages, function calls and reasoning into a response, piece by piece.</summary>
internal sealed class MessageWriter(ResponseRun run, DemoPace pace, TimeProvider time)
{
    private const int ArgumentPiece = 24;

    private static readonly object[] s_none = [];

    /// <summary>A message; a text that was cut off makes it incomplete.</summary>
    public async Task WriteTextAsync(CitedText text, bool cutOff, CancellationToken ct)
    {
        var id = WireId.New("msg");
        var index = run.Add(Message(id, "in_progress", s_none));
        run.Log.Append("response.content_part.added", ("item_id", id), ("output_index", index), ("content_index", 0), ("part", Part("", s_none)));
        var written = 0;
        var cited = 0;
        try
        {
            foreach (var piece in Pieces.Of(text.Text))
            {
                run.Log.Append("response.output_text.delta", ("item_id", id), ("output_index", index), ("content_index", 0), ("delta", piece), ("logprobs", s_none));
                written += piece.Length;
                for (; cited < text.Citations.Count && text.Citations[cited].End <= written; cited++)
                {
                    run.Log.Append("response.output_text.annotation.added",
                        ("item_id", id), ("output_index", index), ("content_index", 0), ("annotation_index", cited), ("annotation", text.Citations[cited].Annotation));
                }

                await PauseAsync(pace.For(piece), ct);
            }
        }
        catch (OperationCanceledException)
        {
            run.Replace(index, Message(id, "incomplete", [Part(text.Text[..written], Annotations(text, cited))]));
            throw;
        }

        var part = Part(text.Text, Annotations(text, text.Citations.Count));
        run.Log.Append("response.output_text.done", ("item_id", id), ("output_index", index), ("content_index", 0), ("text", text.Text), ("logprobs", s_none));
        run.Log.Append("response.content_part.done", ("item_id", id), ("output_index", index), ("content_index", 0), ("part", part));
        run.Complete(index, Message(id, cutOff ? "incomplete" : "completed", [part]));
    }

    public async Task WriteCallAsync(ToolCall call, CancellationToken ct)
    {
        var id = WireId.New("fc");
        var index = run.Add(Call(id, call, "", "in_progress"));
        foreach (var piece in call.Arguments.Chunk(ArgumentPiece).Select(piece => new string(piece)))
        {
            run.Log.Append("response.function_call_arguments.delta", ("item_id", id), ("output_index", index), ("delta", piece));
            await PauseAsync(pace.For(piece), ct);
        }

        run.Log.Append("response.function_call_arguments.done", ("item_id", id), ("output_index", index), ("name", call.Name), ("arguments", call.Arguments));
        run.Complete(index, Call(id, call, call.Arguments, "completed"));
    }

    /// <summary>A reasoning item; an empty summary writes none of its parts.</summary>
    public async Task WriteReasoningAsync(string summary, CancellationToken ct)
    {
        var id = WireId.New("rs");
        var index = run.Add(Reasoning(id, s_none));
        if (summary.Length > 0)
        {
            run.Log.Append("response.reasoning_summary_part.added", ("item_id", id), ("output_index", index), ("summary_index", 0), ("part", Summary("")));
            foreach (var piece in Pieces.Of(summary))
            {
                run.Log.Append("response.reasoning_summary_text.delta", ("item_id", id), ("output_index", index), ("summary_index", 0), ("delta", piece));
                await PauseAsync(pace.For(piece), ct);
            }

            run.Log.Append("response.reasoning_summary_text.done", ("item_id", id), ("output_index", index), ("summary_index", 0), ("text", summary));
            run.Log.Append("response.reasoning_summary_part.done", ("item_id", id), ("output_index", index), ("summary_index", 0), ("part", Summary(summary)));
        }

        run.Complete(index, Reasoning(id, summary.Length > 0 ? [Summary(summary)] : s_none));
    }

    public Task PauseAsync(TimeSpan wait, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, ct) : Task.CompletedTask;
    }

    private static object[] Annotations(CitedText text, int count) => [.. text.Citations.Take(count).Select(citation => citation.Annotation)];

    private static object Message(string id, string status, object[] content) => new { id, type = "message", status, role = "assistant", content };

    private static object Part(string text, object[] annotations) => new { type = "output_text", text, annotations, logprobs = s_none };

    private static object Call(string id, ToolCall call, string arguments, string status) =>
        new { id, type = "function_call", status, call_id = call.Id, name = call.Name, arguments };

    private static object Summary(string text) => new { type = "summary_text", text };

    // Nothing secret: the rules have no hidden thoughts. It only has to be there for clients that carry it from call to call.
    private static object Reasoning(string id, object[] summary) =>
        new { id, type = "reasoning", summary, encrypted_content = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new { demo = id })) };
}
