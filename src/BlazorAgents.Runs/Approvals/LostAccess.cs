using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>Ends what a person began and may no longer have. The keeping of people calls it in the transaction that changes the account.</summary>
/// <remarks>It asks nobody for leave: whoever calls it has checked that the acting person is an administrator.</remarks>
public sealed class LostAccess(RunService runs, ApprovalService approvals)
{
    /// <summary>The account is disabled or deleted: stops the person's runs, and withdraws their requests with the cause.</summary>
    /// <returns>Call it after the commit.</returns>
    public Task<Action> EndAsync(AppDbContext context, string personId, string cause, CancellationToken cancellationToken = default) =>
        runs.StopAllOfAsync(context, personId, cause, cancellationToken);

    /// <summary>The person's role is a lower one: withdraws their requests with the cause; their runs go on with what they may do now.</summary>
    /// <returns>Call it after the commit.</returns>
    public Task<Action> WithdrawAsync(AppDbContext context, string personId, string cause, CancellationToken cancellationToken = default) =>
        approvals.WithdrawAllOfAsync(context, personId, cause, cancellationToken);
}
