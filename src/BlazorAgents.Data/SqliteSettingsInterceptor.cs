using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace BlazorAgents.Data;

/// <summary>Sets what SQLite keeps per connection, once for each: the pool opens the same one for operation after operation.</summary>
internal sealed class SqliteSettingsInterceptor : DbConnectionInterceptor
{
    // NORMAL in WAL mode: a killed process loses nothing, a power cut may lose the last commits but never the file.
    private const string Settings = "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;";

    private readonly ConditionalWeakTable<sqlite3, object> _set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (connection is not SqliteConnection { Handle: { } handle } || _set.TryGetValue(handle, out _))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
        _set.AddOrUpdate(handle, Settings);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData); // the driver has nothing asynchronous
        return Task.CompletedTask;
    }
}
