using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>Works on one run until it ends or waits for its client: asks the model, runs the server's tools, writes messages.</summary>
internal sealed class RunWork(Run run, RunBrain brain, AssistantServer server, RunPen pen)
{
    private const int MostRounds = 8;

    private static readonly TimeSpan s_indexPatience = TimeSpan.FromSeconds(60);

    public async Task DoAsync(CancellationToken ct)
    {
        try
        {
            pen.Begin();
            await ReadyAsync(ct);
            await AnswerAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            pen.End("cancelled");
        }
        catch (ApiErrorException e)
        {
            // A store that is gone or has expired, a full server, or the model's own refusal.
            pen.End("failed", e.Error.Status == 429 ? "rate_limit_exceeded" : "server_error", e.Error.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            pen.End("failed", "server_error", "The server had an error while processing your request.");
        }
    }

    /// <summary>Files that are still being read are waited for, but not for ever.</summary>
    private async Task ReadyAsync(CancellationToken ct)
    {
        if (run.Settings.Tools.Search is null)
        {
            return;
        }

        using var patience = new CancellationTokenSource(s_indexPatience, pen.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await server.State.VectorStores.WaitUntilIndexedAsync(FileSearchStep.StoresOf(run), either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Goes on with what is there.
        }
    }

    private async Task AnswerAsync(CancellationToken ct)
    {
        await pen.PauseFirstAsync();
        for (var round = 0; round < MostRounds; round++)
        {
            var request = pen.Read(() => RunRequest.Of(run));
            var prompt = Tokens.Count(request);
            if (prompt > run.Settings.MaxPromptTokens)
            {
                pen.End("incomplete", incompleteReason: "max_prompt_tokens");
                return;
            }

            var answer = await brain.AnswerAsync(request, ct);
            var written = Math.Max(1, Tokens.Count(answer.Text) + answer.Calls.Sum(call => Tokens.Count(call.Name) + Tokens.Count(call.Arguments)));
            pen.Spend(prompt, written);
            if ((answer.Text.Length > 0 || answer.Calls.Count == 0) && !await pen.WriteAsync(answer.Text))
            {
                pen.End("incomplete", incompleteReason: "max_completion_tokens");
                return;
            }

            if (answer.Calls.Count == 0)
            {
                pen.End("completed");
                return;
            }

            await RunOwnToolsAsync([.. answer.Calls.Where(IsOwn)]);
            if (await AskClientAsync([.. answer.Calls.Where(call => !IsOwn(call))]))
            {
                return;
            }
        }

        pen.End("failed", "server_error", "The run called tools too often without an answer.");
    }

    private bool IsOwn(ToolCall call) =>
        (call.Name == HostedSpecs.Search && run.Settings.Tools.Search is not null) || (call.Name == HostedSpecs.Code && run.Settings.Tools.HasCode);

    private async Task RunOwnToolsAsync(IReadOnlyList<ToolCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        var step = pen.AddStep([.. calls.Select(call => new RunToolCall(call, call.Name, run.Settings.Tools.Search))]);
        foreach (var (index, call) in step.Calls.Index())
        {
            if (call.Kind == HostedSpecs.Search)
            {
                pen.Send(step, call.DeltaStart(index));
                var hits = FileSearchStep.Search(server.State.VectorStores, run, call.Call);
                pen.Change(() =>
                {
                    call.Output = FileSearchStep.Tell(hits, run.Steps.IndexOf(step.Id), step.Calls.Sum(earlier => earlier.Hits.Count));
                    call.Hits = hits;
                });
            }
            else
            {
                await pen.SendInputAsync(step, call, index, call.Code);
                CodeStep.Run(server.State, run, call, pen);
                pen.Send(step, call.DeltaOutputs(index));
            }
        }

        pen.Complete(step);
    }

    /// <summary>False if there is nothing to ask for. Otherwise the run waits, and its streams end.</summary>
    private async Task<bool> AskClientAsync(IReadOnlyList<ToolCall> calls)
    {
        if (calls.Count == 0)
        {
            return false;
        }

        var step = pen.AddStep([.. calls.Select(call => new RunToolCall(call, "function", null))]);
        foreach (var (index, call) in step.Calls.Index())
        {
            await pen.SendInputAsync(step, call, index, call.Call.Arguments);
        }

        pen.Change(() => run.Move("requires_action"));
        return true;
    }
}
