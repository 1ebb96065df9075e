using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BlazorAgents.Data;

/// <summary>Checks and migrates the database before anything else runs.</summary>
public static class DatabaseStartup
{
    // SQLite's primary result codes: https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // A full check reads the whole file; beyond this size only the header and schema are read at start.
    private const long QuickCheckLimit = 64 * 1024 * 1024;

    /// <summary>Opens the file, checks that it is whole, ours and can be written, and applies migrations.</summary>
    /// <exception cref="DatabaseUnavailableException">The file is read-only, locked, corrupt, not ours or newer than this version.</exception>
    public static async Task PrepareAsync(IDbContextFactory<AppDbContext> contexts, string file, CancellationToken cancellationToken)
    {
        try
        {
            if (File.Exists(file) && new FileInfo(file).IsReadOnly)
            {
                throw new DatabaseUnavailableException($"The database {file} is read-only. Give the server's user write permission to it, then start again.");
            }

            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await context.Database.OpenConnectionAsync(cancellationToken);
            await CheckContentAsync(context, file, cancellationToken);
            await CheckWritableAsync(context, cancellationToken);
            context.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await MigrateAsync(context, file, cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw new DatabaseUnavailableException(Explain(exception, file), exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new DatabaseUnavailableException($"The database {file} cannot be opened: the server's user may not read or write it or its folder.", exception);
        }
    }

    // Only reads: a file that is damaged or someone else's must be left as it is.
    private static async Task CheckContentAsync(AppDbContext context, string file, CancellationToken cancellationToken)
    {
        if (new FileInfo(file) is not { Exists: true, Length: > 0 and var length })
        {
            return;
        }

        if (length < QuickCheckLimit && await ReadAsync(context, "PRAGMA quick_check(1);", cancellationToken) is not "ok")
        {
            throw new DatabaseUnavailableException(CorruptMessage(file));
        }

        const string CountForeign =
            $"""SELECT COUNT(*) > 0 AND SUM(name = '{HistoryRepository.DefaultTableName}') = 0 FROM sqlite_master WHERE type = 'table';""";
        if (await ReadAsync(context, CountForeign, cancellationToken) is 1L)
        {
            throw new DatabaseUnavailableException(CorruptMessage(file));
        }

        var newer = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(context.Database.GetMigrations());
        if (newer.Any())
        {
            throw new DatabaseUnavailableException(
                $"The database {file} was made by a newer version of BlazorAgents. It was left as it is. Start that version, or restore a backup.");
        }
    }

    // Takes the write lock for a moment: a file that is locked or cannot be written fails here and not at the first message.
    private static async Task CheckWritableAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        // One statement at a time: behind a result the driver drops the errors of the rest.
        await ReadAsync(context, "PRAGMA journal_mode = WAL;", cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
    }

    // EF Core marks a migration at work by a row, which stays behind for ever when the process is killed in the middle, and then every
    // later start waits for it. The file beside the database is freed by the system: whoever holds it knows that a row is a dead process's.
    private static async Task MigrateAsync(AppDbContext context, string file, CancellationToken cancellationToken)
    {
        if (!(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return;
        }

        await using var held = OpenExclusively(file);
        if (await ReadAsync(context, "SELECT 1 FROM sqlite_master WHERE name = '__EFMigrationsLock';", cancellationToken) is not null)
        {
            await context.Database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsLock";""", cancellationToken);
        }

        await context.Database.MigrateAsync(cancellationToken);
    }

    private static FileStream OpenExclusively(string file)
    {
        try
        {
            return new FileStream(file + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (exception is not DirectoryNotFoundException)
        {
            throw new DatabaseUnavailableException($"Another process is bringing the database {file} up to date. Wait until it is done, then start again.", exception);
        }
    }

    private static async Task<object?> ReadAsync(AppDbContext context, string sql, CancellationToken cancellationToken)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static string Explain(SqliteException exception, string file) => exception.SqliteErrorCode switch
    {
        Busy or Locked => $"The database {file} is locked by another process. Stop that process, or set Data:Folder to another folder, then start again.",
        ReadOnly => $"The database {file} is read-only. Give the server's user write permission to the file and its folder, then start again.",
        Corrupt or NotADatabase => CorruptMessage(file),
        Full => $"There is no room left for the database {file}. Free some space, then start again.",
        CannotOpen => $"The database {file} cannot be opened. Check that its folder exists and that the server's user may write there.",
        _ => $"The database {file} cannot be used: {exception.Message}",
    };

    private static string CorruptMessage(string file) =>
        $"The database {file} is damaged or is not a BlazorAgents database. It was left as it is. Restore a backup, or move the file away to start with an empty one.";
}
