using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>Tells when a transaction of the host was committed, and lets a test do something before the host goes on.</summary>
internal sealed class CommitSignal(Signal committed, Func<Task> goOn) : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        committed.Raise();
        return goOn();
    }
}
