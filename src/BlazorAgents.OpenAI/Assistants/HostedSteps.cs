using BlazorAgents.Agents.HostedTools;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Assistants;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>Reads the steps in which the server searched files or ran code: news while they run, contents when they are done.</summary>
internal sealed class HostedSteps
{
    private readonly Dictionary<(string Step, int Index), HostedToolCall> _calls = [];

    /// <summary>More of a step.</summary>
    public AIContent? Read(Sdk.RunStepDetailsUpdate delta)
    {
        var key = (delta.StepId, delta.ToolCallIndex ?? 0);
        if (!_calls.TryGetValue(key, out var call))
        {
            if (Kind(delta) is not { } kind)
            {
                return null;
            }

            call = new HostedToolCall(string.IsNullOrEmpty(delta.ToolCallId) ? $"{delta.StepId}_{key.Item2}" : delta.ToolCallId, kind);
        }

        call = _calls[key] = call with
        {
            Input = call.Input + delta.CodeInterpreterInput,
            Outputs = [.. call.Outputs, .. (delta.CodeInterpreterOutputs ?? []).SelectMany(Outputs), .. Passages(delta.FileSearchResults)],
        };
        return new HostedToolContent(call);
    }

    /// <summary>The end of a step, whole: the last news of each call, and its contents for the history.</summary>
    public IEnumerable<AIContent> Read(Sdk.RunStep step)
    {
        var calls = step.Details?.ToolCalls ?? [];
        for (var i = 0; i < calls.Count; i++)
        {
            if (calls[i].Kind == Sdk.RunStepToolCallKind.Function)
            {
                continue;
            }

            var failed = step.Status != Sdk.RunStepStatus.Completed;
            var call = Whole(calls[i], _calls.GetValueOrDefault((step.Id, i))) with
            {
                Status = failed ? HostedToolStatus.Failed : HostedToolStatus.Completed,
                Error = failed ? step.LastError?.Message : null,
            };
            yield return new HostedToolContent(call);
            yield return CallContent(call);
            yield return ResultContent(call);
        }
    }

    private static HostedToolKind? Kind(Sdk.RunStepDetailsUpdate delta) =>
        delta.CodeInterpreterInput is not null || delta.CodeInterpreterOutputs is { Count: > 0 } ? HostedToolKind.CodeInterpreter
        : delta.FileSearchRankingOptions is not null || delta.FileSearchResults is { Count: > 0 } ? HostedToolKind.FileSearch
        : null;

    /// <summary>The step's own account of a call; what a server leaves out there is what was streamed.</summary>
    private static HostedToolCall Whole(Sdk.RunStepToolCall wire, HostedToolCall? streamed)
    {
        var isCode = wire.Kind == Sdk.RunStepToolCallKind.CodeInterpreter;
        var call = new HostedToolCall(streamed?.CallId ?? wire.Id, isCode ? HostedToolKind.CodeInterpreter : HostedToolKind.FileSearch);
        List<HostedToolOutput> outputs = isCode
            ? [.. (wire.CodeInterpreterOutputs ?? []).SelectMany(o => Outputs(o.Logs, o.ImageFileId))]
            : [.. Passages(wire.FileSearchResults)];
        return call with
        {
            Input = wire.CodeInterpreterInput is { Length: > 0 } code ? code : streamed?.Input ?? string.Empty,
            Outputs = outputs.Count > 0 ? outputs : streamed?.Outputs ?? [],
        };
    }

    private static AIContent CallContent(HostedToolCall call) => call.Kind == HostedToolKind.CodeInterpreter
        ? new CodeInterpreterToolCallContent(call.CallId) { Inputs = [new DataContent(System.Text.Encoding.UTF8.GetBytes(call.Input), "text/x-python")] }
        : new FileSearchToolCallContent(call.CallId);

    private static AIContent ResultContent(HostedToolCall call) => call.Kind == HostedToolKind.CodeInterpreter
        ? new CodeInterpreterToolResultContent(call.CallId) { Outputs = [.. call.Outputs.Select(Content).OfType<AIContent>()] }
        : new FileSearchToolResultContent(call.CallId) { Passages = [.. call.Outputs.OfType<HostedToolOutput.Passage>()] };

    private static AIContent? Content(HostedToolOutput output) => output switch
    {
        HostedToolOutput.Text text => new TextContent(text.Value),
        HostedToolOutput.File file => new HostedFileContent(file.FileId) { MediaType = "image/png" },
        _ => null,
    };

    private static IEnumerable<HostedToolOutput> Outputs(Sdk.RunStepUpdateCodeInterpreterOutput output) => Outputs(output.Logs, output.ImageFileId);

    private static IEnumerable<HostedToolOutput> Outputs(string? logs, string? imageFileId)
    {
        if (!string.IsNullOrEmpty(logs))
        {
            yield return new HostedToolOutput.Text(logs);
        }

        if (!string.IsNullOrEmpty(imageFileId))
        {
            yield return new HostedToolOutput.File(imageFileId, null, null);
        }
    }

    private static IEnumerable<HostedToolOutput.Passage> Passages(IReadOnlyList<Sdk.RunStepFileSearchResult>? results) => (results ?? []).Select(
        r => new HostedToolOutput.Passage(r.FileId, r.FileName, r.Score, string.Join('\n', (r.Content ?? []).Select(c => c.Text))));
}
