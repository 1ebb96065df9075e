using BlazorAgents.Web.Tests.Chat;
using Microsoft.Data.Sqlite;

namespace BlazorAgents.Web.Tests;

/// <summary>The end of a folder with a test's database.</summary>
internal static class TestFolder
{
    // A session or page that was closed in the middle of a read finishes that read; until then the database's files come back.
    public static async Task DeleteAsync(string folder)
    {
        for (var end = Environment.TickCount64 + (long)Waiting.Patience.TotalMilliseconds; ;)
        {
            try
            {
                SqliteConnection.ClearAllPools();
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (Environment.TickCount64 < end)
            {
                await Task.Yield();
            }
        }
    }
}
