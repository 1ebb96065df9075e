using System.Data.Common;
using BlazorAgents.Web.Features.Chat;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlazorAgents.Web.Tests.Chat;

/// <summary>Holds a reading of a page that has just seen which run the conversation ends in.</summary>
internal sealed class HeldPage : DbCommandInterceptor
{
    private readonly TaskCompletionSource _isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayGoOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isArmed;

    /// <summary>Completes when the reading is held.</summary>
    public Task IsHeld => _isHeld.Task.WaitAsync(Waiting.Patience);

    /// <summary>The next reading of a whole page is held, those behind it are not.</summary>
    public void HoldNext() => Volatile.Write(ref _isArmed, 1);

    public void LetGo() => _mayGoOn.SetResult();

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (IsPage(command) && Interlocked.Exchange(ref _isArmed, 0) == 1)
        {
            _isHeld.SetResult();
            await _mayGoOn.Task.WaitAsync(Waiting.Patience, cancellationToken);
        }

        return result;
    }

    // The path is walked one step further than is shown.
    private static bool IsPage(DbCommand command) =>
        command.CommandText.Contains("RECURSIVE path", StringComparison.Ordinal)
        && command.Parameters.Cast<DbParameter>().Any(parameter => parameter.Value is ChatSession.PageSize + 1);
}
