using System.Text;
using System.Text.RegularExpressions;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>What a process printed, both streams in order of arrival; a test can wait for a line.</summary>
public sealed class AppOutput
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(Regex Pattern, TaskCompletionSource<Match> Found)> _waiting = [];

    /// <summary>Everything so far.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>The first match in what was or will be printed. Patterns must match inside one line.</summary>
    public async Task<Match> WaitForAsync(Regex pattern, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var found = new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (pattern.Match(_text.ToString()) is { Success: true } match)
            {
                return match;
            }

            _waiting.Add((pattern, found));
        }

        try
        {
            return await found.Task.WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The application did not print /{pattern}/ within {timeout}. It printed:\n{Text}");
        }
    }

    internal void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _text.AppendLine(line);
            _waiting.RemoveAll(waiter => waiter.Pattern.Match(line) is { Success: true } match && waiter.Found.TrySetResult(match));
        }
    }

    internal void Fail(Exception reason)
    {
        lock (_lock)
        {
            _waiting.ForEach(waiter => waiter.Found.TrySetException(reason));
            _waiting.Clear();
        }
    }
}
