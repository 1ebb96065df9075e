using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>Opens the file, checks that it can be written and is whole, and applies migrations.</summary>
    /// <exception cref="DatabaseUnavailableException">The file is read-only, locked, corrupt or not a database.</exception>
    public static async Task PrepareAsync(IDbContextFactory<AppDbContext> contexts, string file, CancellationToken cancellationToken)
    {
        try
        {
            if (File.Exists(file) && new FileInfo(file).IsReadOnly)
            {
                throw new DatabaseUnavailableException($"The database {file} is read-only. Give the server's user write permission to it, then start again.");
            }

            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            context.Database.SetCommandTimeout(TimeSpan.FromSeconds(5));
            await context.Database.OpenConnectionAsync(cancellationToken);
            await CheckAsync(context, file, cancellationToken);
            context.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await context.Database.MigrateAsync(cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw new DatabaseUnavailableException(Explain(exception, file), exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DatabaseUnavailableException($"The database {file} cannot be opened: the server's user may not read or write it.", exception);
        }
    }

    private static async Task CheckAsync(AppDbContext context, string file, CancellationToken cancellationToken)
    {
        // Takes the write lock for a moment: a file that is locked or cannot be written fails here and not at the first message.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; ROLLBACK;", cancellationToken);
        if (new FileInfo(file) is { Exists: true, Length: > 0 and < QuickCheckLimit })
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA quick_check(1);";
            if (await command.ExecuteScalarAsync(cancellationToken) is not "ok")
            {
                throw new DatabaseUnavailableException(CorruptMessage(file));
            }
        }
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
