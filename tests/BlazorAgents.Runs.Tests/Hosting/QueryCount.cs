using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>Counts the commands and the rows that a host reads.</summary>
internal sealed class QueryCount : DbCommandInterceptor
{
    private int _commands;
    private int _rows;

    /// <summary>The SQL with its parameters' values.</summary>
    public ConcurrentQueue<(string Sql, (string Name, object? Value)[] Parameters)> Texts { get; } = [];

    public int Commands => _commands;

    public int Rows => _rows;

    /// <summary>Asked before each read; true when it has come to something, and is not asked again.</summary>
    public Func<Task<bool>>? Before { get; set; }

    public void Reset()
    {
        (_commands, _rows) = (0, 0);
        Texts.Clear();
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Before is { } before)
        {
            Before = null; // it reads as well
            Before = await before() ? null : before;
        }

        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _commands);
        Texts.Enqueue((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]));
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult> DataReaderClosingAsync(
        DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
    {
        Interlocked.Add(ref _rows, eventData.ReadCount);
        return ValueTask.FromResult(result);
    }
}
