using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlazorAgents.Web.Tests.Kills;

/// <summary>Kills its own process (SIGKILL) at a step: no handler runs, nothing is flushed.</summary>
internal sealed class KillSwitch(KillStep step) : DbCommandInterceptor, IDbTransactionInterceptor
{
    private int _seen;
    private volatile bool _isDue;

    public void ToolBegins() => KillAt(KillMoment.BeforeTool);

    public void ToolReturned() => KillAt(KillMoment.AfterTool);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Look(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Look(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        KillIfDue(KillMoment.InTransaction);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        KillIfDue(KillMoment.InTransaction);
        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        KillIfDue(KillMoment.BeforeCommit);
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        KillIfDue(KillMoment.AfterCommit);
        return Task.CompletedTask;
    }

    private void Look(DbCommand command)
    {
        if (step.Fits(command.CommandText, command.Parameters.Cast<DbParameter>().Select(p => $"{p.Value}")) && Interlocked.Increment(ref _seen) == step.Occurrence)
        {
            _isDue = true;
        }
    }

    private void KillIfDue(KillMoment moment)
    {
        if (_isDue)
        {
            KillAt(moment);
        }
    }

    private void KillAt(KillMoment moment)
    {
        if (step.Moment == moment)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite); // the signal is on its way; nothing may happen until it is here
        }
    }
}
