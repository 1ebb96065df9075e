using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>Tells when a transaction of the host was committed.</summary>
internal sealed class CommitSignal(Signal committed) : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        committed.Raise();
        return Task.CompletedTask;
    }
}
