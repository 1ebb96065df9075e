using BlazorAgents.Agents;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Runs;

/// <summary>Computes again what a waiting call would do: stock and prices move while people think.</summary>
public sealed class ApprovalPreviews(AgentCatalog agents, RunCaller callers, IServiceScopeFactory scopes)
{
    /// <summary>What the call would do now; null when its tool cannot tell, is gone, or the requester is.</summary>
    public Task<ToolPreview?> ComputeAsync(Approval request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ComputeAsync(request, request.EditedArguments ?? request.Arguments, cancellationToken);
    }

    /// <summary>Whether the request's tool tells what a call would do before people decide about it.</summary>
    public bool TellsBefore(Approval request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Kind is ApprovalKind.Tool && ToolFacts.FindPreviewed(agents.FindTool(request.AgentId, request.ToolName)) is not null;
    }

    /// <summary>What the call would do with these arguments in place of its own, or why they cannot be used, or not now.</summary>
    public async Task<(ToolPreview? Preview, ApprovalRefusal? Refusal)> ComputeChangedAsync(
        Approval request, string argumentsJson, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (arguments, refusal) = EditedArguments.Check(request, argumentsJson);
        return arguments is null ? (null, refusal)
            : await ComputeAsync(request, arguments, cancellationToken) is { } preview ? (preview, null)
            : (null, ApprovalRefusal.CannotBeTold);
    }

    /// <summary>Whether the request's tool tells what is about to be approved: nobody approves a call of it that cannot be told.</summary>
    internal bool MustTell(Approval request, ApprovalDecision decision) =>
        decision is ApprovalDecision.Approve or ApprovalDecision.ApproveEdited && TellsBefore(request);

    /// <summary>The tool's sentence about what is about to be approved, as of now; null where it cannot be told, or must not.</summary>
    internal async Task<string?> SentenceAsync(Approval request, ApprovalDecision decision, CancellationToken cancellationToken)
    {
        var arguments = decision is ApprovalDecision.ApproveEdited edited ? EditedArguments.Check(request, edited.ArgumentsJson).Canonical : request.Arguments;
        return arguments is null || !MustTell(request, decision) ? null : (await ComputeAsync(request, arguments, cancellationToken))?.Sentence;
    }

    private async Task<ToolPreview?> ComputeAsync(Approval request, string arguments, CancellationToken cancellationToken)
    {
        if (request.Kind is not ApprovalKind.Tool
            || agents.FindTool(request.AgentId, request.ToolName)?.GetService<AgentTool>() is not { HasPreview: true } tool)
        {
            return null;
        }

        try
        {
            var caller = await callers.ReadAsync(request.RequesterId, cancellationToken);
            await using var scope = scopes.CreateAsyncScope();
            return await tool.PreviewAsync(System.Text.Json.JsonElement.Parse(arguments), scope.ServiceProvider, caller, cancellationToken);
        }
        catch (AgentException)
        {
            return null; // the requester's account is gone or disabled
        }
    }
}
