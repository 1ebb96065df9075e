using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Security;

/// <summary>Counts the open circuits of each person.</summary>
public sealed class CircuitCounter(IOptionsMonitor<WebLimits> limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _open = [];

    /// <summary>Takes a place for one more circuit of <paramref name="userId"/>; false when all are taken.</summary>
    public bool TryEnter(string userId)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(userId);
            if (open >= limits.CurrentValue.CircuitsPerUser)
            {
                return false;
            }

            _open[userId] = open + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave(string userId)
    {
        lock (_lock)
        {
            if (_open.Remove(userId, out var open) && open > 1)
            {
                _open[userId] = open - 1;
            }
        }
    }

    /// <summary>The number of open circuits of <paramref name="userId"/>.</summary>
    public int Count(string userId)
    {
        lock (_lock)
        {
            return _open.GetValueOrDefault(userId);
        }
    }
}
