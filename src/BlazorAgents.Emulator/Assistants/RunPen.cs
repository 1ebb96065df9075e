using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>Writes what happens in a run: steps, messages, events. Every change is made under the store's gate, and none once the run is to end.</summary>
internal sealed class RunPen(AssistantStore store, Run run, DemoPace pace, TimeProvider time, CancellationToken ct)
{
    private (int Prompt, int Completion) _spent;

    public TimeProvider Time => time;

    public void Begin() => Change(() =>
    {
        run.StartedAt ??= store.Now;
        run.Move("in_progress");
    });

    public void Change(Action change)
    {
        lock (store.Gate)
        {
            ct.ThrowIfCancellationRequested();
            change();
        }
    }

    public T Read<T>(Func<T> read)
    {
        lock (store.Gate)
        {
            ct.ThrowIfCancellationRequested();
            return read();
        }
    }

    /// <summary>Counts the tokens of one question to the model; the steps that follow carry them.</summary>
    public void Spend(int prompt, int completion) => Change(() =>
    {
        _spent = (prompt, completion);
        run.Tokens = (run.Tokens.Prompt + prompt, run.Tokens.Completion + completion);
    });

    /// <summary>Ends the run, unless that has happened already.</summary>
    public void End(string status, string? errorCode = null, string? message = null, string? incompleteReason = null)
    {
        lock (store.Gate)
        {
            if (run.IsActive)
            {
                run.LastError = errorCode is null ? null : new { code = errorCode, message };
                run.IncompleteReason = incompleteReason;
                run.End(status, store.Now);
            }
        }
    }

    public RunStep AddStep(IReadOnlyList<RunToolCall> calls) => Read(() =>
    {
        var step = new RunStep(WireId.New("step"), run, store.Now) { Calls = calls, Tokens = _spent };
        Announce(step);
        return step;
    });

    public void Send(RunStep step, object callDelta) => Change(() => run.Publish("thread.run.step.delta", () => step.Delta(callDelta)));

    public async Task SendInputAsync(RunStep step, RunToolCall call, int index, string input)
    {
        Send(step, call.DeltaStart(index));
        foreach (var piece in Pieces.Of(input))
        {
            await PauseAsync(pace.For(piece));
            Send(step, call.DeltaInput(index, piece));
        }
    }

    public void Complete(RunStep step) => Change(() =>
    {
        step.End("completed", store.Now);
        run.Publish("thread.run.step.completed", () => step.Shape(run.ShowsContent));
    });

    /// <summary>Writes a message piece by piece. False if it was cut off at the most tokens.</summary>
    public async Task<bool> WriteAsync(string text)
    {
        var (message, step, pieces, room) = Read(() => Open(text));
        var whole = true;
        foreach (var piece in pieces)
        {
            whole = message.Text.Length + piece.Text.Length <= room;
            if (!whole)
            {
                break;
            }

            Change(() => Append(message, piece));
            await PauseAsync(pace.For(piece.Text));
        }

        Change(() =>
        {
            message.End(store.Now, whole ? null : "max_tokens");
            run.Publish(whole ? "thread.message.completed" : "thread.message.incomplete", () => message.Shape);
        });
        Complete(step);
        return whole;
    }

    public Task PauseFirstAsync() => PauseAsync(pace.FirstToken);

    private (ThreadMessage Message, RunStep Step, List<CitedPiece> Pieces, int Room) Open(string text)
    {
        store.Reserve(run.Thread, text.Length);
        List<RunToolCall> calls = [.. run.Steps.Values.Reverse().TakeWhile(earlier => earlier.MessageId is null).Reverse().SelectMany(earlier => earlier.Calls)];
        List<CitedPiece> pieces = [.. FileSearchStep.Pieces(text, run)];
        if (!ResponseFormat.IsJson(run.Settings.Format))
        {
            pieces.AddRange(calls.SelectMany(call => call.Written).SelectMany(Link));
        }

        var message = new ThreadMessage(WireId.New("msg"), run.ThreadId, "assistant", store.Now)
        {
            AssistantId = run.AssistantId,
            RunId = run.Id,
            Pictures = [.. calls.SelectMany(call => call.Images)],
        };
        message.Begin();
        var step = new RunStep(WireId.New("step"), run, store.Now) { MessageId = message.Id, Tokens = _spent };
        run.Thread.Messages.Add(message.Id, message);
        Announce(step);
        run.Publish("thread.message.created", () => message.Shape);
        run.Publish("thread.message.in_progress", () => message.Shape);
        foreach (var index in Enumerable.Range(0, message.Pictures.Count))
        {
            run.Publish("thread.message.delta", () => message.PictureDelta(index));
        }

        var left = run.Settings.MaxCompletionTokens - (run.Tokens.Completion - _spent.Completion);
        return (message, step, pieces, left is { } tokens ? (int)Math.Min(int.MaxValue, Math.Max(0L, tokens) * Tokens.CharactersEach) : int.MaxValue);
    }

    /// <summary>A link to a file that code wrote.</summary>
    private static IEnumerable<CitedPiece> Link((string Name, string FileId) file) =>
        [new CitedPiece($"\n\n[{file.Name}]("), new CitedPiece("sandbox:/mnt/data/" + file.Name, file.FileId, IsPath: true), new CitedPiece(")")];

    private void Announce(RunStep step)
    {
        run.Steps.Add(step.Id, step);
        run.Publish("thread.run.step.created", () => step.Shape(run.ShowsContent));
        run.Publish("thread.run.step.in_progress", () => step.Shape(run.ShowsContent));
    }

    private void Append(ThreadMessage message, CitedPiece piece)
    {
        FileCitation? citation = null;
        if (piece.FileId is { } fileId)
        {
            citation = new FileCitation(piece.Text, fileId, piece.IsPath, message.Text.Length, message.Text.Length + piece.Text.Length);
            message.Citations.Add(citation);
        }

        message.Text += piece.Text;
        run.Publish("thread.message.delta", () => message.Delta(piece.Text, citation));
    }

    private Task PauseAsync(TimeSpan length) => length > TimeSpan.Zero ? Task.Delay(length, time, ct) : Task.CompletedTask;
}
