using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tools;

/// <summary>What a person decided about a call.</summary>
/// <param name="RequestId">The request that was decided.</param>
/// <param name="IsApproved">The call may run.</param>
/// <param name="ModelText">What the model is told besides: of a call that ran, before its result; of one that did not, in its place.</param>
/// <param name="IsAnswer">Of a call that does not run: <paramref name="ModelText"/> is a person's answer in place of the tool's.</param>
public sealed record ToolDecision(string RequestId, bool IsApproved, string? ModelText = null, bool IsAnswer = false)
{
    /// <summary>What the model is told about a refusal without a reason.</summary>
    internal const string RefusedText = "A person refused this call. It did not run. Do not try it again unless they ask for it.";

    private const string ModelTextKey = "model_text";
    private const string IsAnswerKey = "is_answer";

    /// <summary>The decision as the content that a thread is given.</summary>
    /// <param name="callId">The model's id of the call.</param>
    /// <param name="toolName">The tool.</param>
    /// <param name="argumentsJson">The arguments to run it with: the model's, or those a person set.</param>
    public ToolApprovalResponseContent ToContent(string callId, string toolName, string argumentsJson) =>
        new(RequestId, IsApproved, ToolCallArguments.CreateCall(callId, toolName, argumentsJson))
        {
            AdditionalProperties = Properties(),
        };

    /// <summary>The decision about a call that the provider asked to make, as the content that a thread is given.</summary>
    /// <param name="requestId">The provider's id of its request.</param>
    /// <param name="toolName">The tool's name at its server.</param>
    /// <param name="serverLabel">The server.</param>
    /// <param name="argumentsJson">The arguments; a person cannot change them.</param>
    public ToolApprovalResponseContent ToHostedContent(string requestId, string toolName, string serverLabel, string argumentsJson) =>
        new(RequestId, IsApproved, ToolCallArguments.CreateHostedCall(requestId, toolName, serverLabel, argumentsJson)) { AdditionalProperties = Properties() };

    internal static ToolDecision Read(ToolApprovalResponseContent content)
    {
        object? text = null;
        content.AdditionalProperties?.TryGetValue(ModelTextKey, out text);
        var isAnswer = content.AdditionalProperties?.ContainsKey(IsAnswerKey) is true && !content.Approved;
        return new ToolDecision(content.RequestId, content.Approved, text as string ?? (content.Approved || string.IsNullOrWhiteSpace(content.Reason)
            ? null
            : $"A person refused this call; it did not run. Their reason: {content.Reason}"), isAnswer);
    }

    private AdditionalPropertiesDictionary? Properties()
    {
        if (ModelText is null)
        {
            return null;
        }

        var properties = new AdditionalPropertiesDictionary { [ModelTextKey] = ModelText };
        if (IsAnswer)
        {
            properties[IsAnswerKey] = true;
        }

        return properties;
    }
}
