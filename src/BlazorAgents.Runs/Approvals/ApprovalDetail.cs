using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A request with what helps to decide it.</summary>
/// <param name="Approval">The request.</param>
/// <param name="Earlier">Earlier decisions for the same tool and target, newest first, at most five.</param>
/// <param name="MayNotDecide">Why the person may not decide it; null when they may.</param>
public sealed record ApprovalDetail(Approval Approval, IReadOnlyList<ApprovalSummary> Earlier, string? MayNotDecide);
