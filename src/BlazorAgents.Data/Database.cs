using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Data;

/// <summary>The way to the data: one context for one operation, and in this process one writer at a time.</summary>
/// <remarks>
/// SQLite has one writer. Queueing writers here costs nothing and spares them the driver's wait for the file lock,
/// which sleeps on a pool thread; other processes still meet at the file lock.
/// </remarks>
public sealed class Database(IDbContextFactory<AppDbContext> contexts) : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <summary>Reads without tracking.</summary>
    public async Task<T> ReadAsync<T>(Func<AppDbContext, Task<T>> read, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await read(context);
    }

    /// <summary>Runs <paramref name="write"/> in one transaction that takes the write lock at once, saves and commits.</summary>
    public async Task<T> WriteAsync<T>(Func<AppDbContext, Task<T>> write, CancellationToken cancellationToken = default)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var result = await write(context);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<AppDbContext, Task> write, CancellationToken cancellationToken = default) =>
        WriteAsync(
            async context =>
            {
                await write(context);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
