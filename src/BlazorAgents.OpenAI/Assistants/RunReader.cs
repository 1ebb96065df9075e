using BlazorAgents.Agents;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Assistants;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>Reads the events of one streamed run.</summary>
internal sealed class RunReader(AssistantsErrors errors)
{
    private readonly HostedSteps _steps = new();
    private readonly List<string> _callIds = [];
    private string? _modelId;
    private ChatFinishReason? _finishReason;

    /// <summary>The run's id once it is known.</summary>
    public string? RunId { get; private set; }

    /// <summary>True once something came that a person saw or a tool has to do.</summary>
    public bool HasContent { get; private set; }

    /// <summary>True once the run ended or waits for tools; until then the server is still at work.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The calls whose results the run waits for.</summary>
    public IReadOnlyList<string> CallIds => _callIds;

    public ChatResponseUpdate Read(Sdk.StreamingUpdate wire)
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, []) { ResponseId = RunId, ModelId = _modelId };
        switch (wire)
        {
            case Sdk.RequiredActionUpdate action:
                Follow(action.Value);
                HasEnded = true;
                _finishReason = ChatFinishReason.ToolCalls;
                _callIds.Add(action.ToolCallId);
                update.MessageId = RunId;
                update.Contents.Add(ToolCallArguments.CreateCall(action.ToolCallId, action.FunctionName, action.FunctionArguments ?? string.Empty));
                break;
            case Sdk.RunUpdate run:
                Follow(run.Value);
                ReadState(run.Value, update);
                break;
            case Sdk.MessageContentUpdate message:
                update.MessageId = message.MessageId;
                Read(message, update.Contents);
                break;
            case Sdk.RunStepDetailsUpdate step when _steps.Read(step) is { } news:
                update.MessageId = step.StepId;
                update.Contents.Add(news);
                break;
            case Sdk.RunStepUpdate { UpdateKind: Sdk.StreamingUpdateReason.RunStepCompleted or Sdk.StreamingUpdateReason.RunStepFailed } step:
                update.MessageId = step.Value.Id;
                update.Contents = [.. _steps.Read(step.Value)];
                break;
        }

        update.ResponseId = RunId;
        HasContent |= update.Contents.Any(c => c is not UsageContent);
        return update;
    }

    /// <summary>The end of the stream: an error unless the run had said how it stands.</summary>
    public ChatResponseUpdate Complete() => HasEnded
        ? new ChatResponseUpdate(ChatRole.Assistant, []) { ResponseId = RunId, ModelId = _modelId, FinishReason = _finishReason }
        : throw errors.Incomplete();

    private void Follow(Sdk.ThreadRun run)
    {
        RunId = run.Id;
        _modelId = string.IsNullOrEmpty(run.Model) ? _modelId : run.Model;
    }

    private void ReadState(Sdk.ThreadRun run, ChatResponseUpdate update)
    {
        if (run.Usage is { } usage)
        {
            update.Contents.Add(new UsageContent(new UsageDetails
            {
                InputTokenCount = usage.InputTokenCount,
                OutputTokenCount = usage.OutputTokenCount,
                TotalTokenCount = usage.TotalTokenCount,
            }));
        }

        if (!run.Status.IsTerminal)
        {
            return;
        }

        HasEnded = true;
        _finishReason = Reason(run) ?? throw errors.FromRun(run, HasContent);
    }

    private static ChatFinishReason? Reason(Sdk.ThreadRun run) =>
        run.Status == Sdk.RunStatus.Completed ? ChatFinishReason.Stop
        : run.Status != Sdk.RunStatus.Incomplete ? null
        : run.IncompleteDetails?.Reason?.ToString() switch
        {
            "max_prompt_tokens" => null,
            "content_filter" => ChatFinishReason.ContentFilter,
            _ => ChatFinishReason.Length,
        };

    private static void Read(Sdk.MessageContentUpdate message, IList<AIContent> contents)
    {
        if (message.Text is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        if (message.RefusalUpdate is { Length: > 0 } refusal)
        {
            contents.Add(RefusalText.Create(refusal));
        }

        if (message.ImageFileId is { Length: > 0 } image)
        {
            contents.Add(new HostedFileContent(image) { MediaType = "image/png" });
        }

        if (message.TextAnnotation is { } note)
        {
            contents.Add(new TextContent(string.Empty)
            {
                Annotations = [ThreadMessageReader.Citation(note.InputFileId, note.OutputFileId, note.StartIndex, note.EndIndex)],
            });
        }
    }
}
