using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>Tells when a transaction of the host was committed, and lets a test do something before it and before the host goes on.</summary>
internal sealed class CommitSignal(Signal committed, Func<Task> before, Func<Task> after) : DbTransactionInterceptor
{
    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await before();
        return result;
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        committed.Raise();
        return after();
    }
}
