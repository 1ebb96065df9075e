using BlazorAgents.Agents.Tools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>The gate of an agent that was given none: tools that ask for approval wait for the caller's word, and so does what the provider asks; all others run.</summary>
internal sealed class AttributeGate : IToolGate
{
    public static AttributeGate Instance { get; } = new();

    public Task<IReadOnlyList<ToolVerdict>> ReviewAsync(IReadOnlyList<ToolRequest> requests, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ToolVerdict>>([.. requests.Select(Review)]);

    public Task EndAsync(ToolRequest request, ToolOutcome outcome, TimeSpan duration, CancellationToken cancellationToken) => Task.CompletedTask;

    private static ToolVerdict Review(ToolRequest request) => request switch
    {
        { Decision: { IsApproved: false } no } => new ToolVerdict.Refuse(no.ModelText ?? ToolDecision.RefusedText),
        { Decision: null } when request.Tool is HostedMcpFunction || request.Tool.GetService<ApprovalRequiredAIFunction>() is not null => new ToolVerdict.Wait(NewId()),
        _ => new ToolVerdict.Run(NewId()),
    };

    private static string NewId() => Guid.CreateVersion7().ToString("N");
}
