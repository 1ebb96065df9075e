using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>What every run's gate needs.</summary>
public sealed class GateServices(Database database, RuleService rules, ApprovalService approvals, TimeProvider time)
{
    internal Database Database { get; } = database;

    internal RuleService Rules { get; } = rules;

    internal ApprovalService Approvals { get; } = approvals;

    internal TimeProvider Time { get; } = time;
}
