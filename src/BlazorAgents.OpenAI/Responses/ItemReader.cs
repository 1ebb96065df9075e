using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Reads finished items of an answer; keeps what later items refer to.</summary>
internal sealed class ItemReader
{
    private readonly Dictionary<string, HostedToolOutput.Passage> _passages = new(StringComparer.Ordinal);

    /// <summary>True once the model called a function.</summary>
    public bool HasCalls { get; private set; }

    /// <summary>Adds the contents of a finished item that is no message; unknown items are kept for the way back.</summary>
    public void AddContents(Sdk.ResponseItem item, IList<AIContent> contents)
    {
        switch (item)
        {
            case Sdk.FunctionCallResponseItem call:
                HasCalls = true;
                contents.Add(ToolCallArguments.CreateCall(call.CallId ?? string.Empty, call.FunctionName, call.FunctionArguments?.ToString() ?? string.Empty));
                break;
            case Sdk.ReasoningResponseItem reasoning:
                AddReasoning(reasoning, contents);
                break;
            case Sdk.McpToolCallApprovalRequestItem request:
                contents.Add(new ToolApprovalRequestContent(
                    request.Id,
                    ToolCallArguments.CreateHostedCall(request.Id, request.ToolName, request.ServerLabel, request.ToolArguments?.ToString() ?? string.Empty))
                {
                    RawRepresentation = item,
                });
                break;
            default:
                AddOther(item, HostedItemReader.ReadCall(item, isDone: true), contents);
                break;
        }
    }

    /// <summary>Adds the contents of a hosted tool's finished call.</summary>
    public void AddHosted(Sdk.ResponseItem item, HostedToolCall call, IList<AIContent> contents)
    {
        foreach (var passage in call.Outputs.OfType<HostedToolOutput.Passage>())
        {
            if (!_passages.TryGetValue(passage.FileId, out var known) || passage.Score > known.Score)
            {
                _passages[passage.FileId] = passage;
            }
        }

        HostedItemReader.AddContents(item, call, contents);
    }

    /// <summary>A source of the text, or null for an unknown kind.</summary>
    public CitationAnnotation? ReadCitation(Sdk.ResponseMessageAnnotation annotation, int partStart) =>
        AnnotationReader.Read(annotation, partStart, _passages);

    /// <summary>Adds a whole message. <paramref name="textLength"/> is the length of the text before it.</summary>
    public void AddMessage(Sdk.MessageResponseItem message, IList<AIContent> contents, int textLength)
    {
        foreach (var part in message.Content)
        {
            if (part.Refusal is { Length: > 0 } refusal)
            {
                contents.Add(RefusalText.Create(refusal));
            }
            else if (part.Text is { Length: > 0 } text)
            {
                var start = textLength;
                var citations = (part.OutputTextAnnotations ?? []).Select(a => ReadCitation(a, start)).OfType<AIAnnotation>().ToList();
                contents.Add(new TextContent(text) { Annotations = citations.Count > 0 ? citations : null });
                textLength += text.Length;
            }
        }
    }

    private void AddOther(Sdk.ResponseItem item, HostedToolCall? call, IList<AIContent> contents)
    {
        if (call is not null)
        {
            AddHosted(item, call, contents);
        }
        else
        {
            contents.Add(new AIContent { RawRepresentation = item });
        }
    }

    private static void AddReasoning(Sdk.ReasoningResponseItem reasoning, IList<AIContent> contents)
    {
        var content = new TextReasoningContent(string.Join("\n\n", Summary(reasoning)))
        {
            ProtectedData = reasoning.EncryptedContent,
            RawRepresentation = reasoning,
        };
        ReasoningId.Set(content, reasoning.Id);
        contents.Add(content);
    }

    private static IEnumerable<string> Summary(Sdk.ReasoningResponseItem reasoning) =>
        (reasoning.SummaryParts ?? []).OfType<Sdk.ReasoningSummaryTextPart>().Select(p => p.Text);
}
