using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogList : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string Message, Exception? Exception)> _entries = new();

    public IReadOnlyList<(string Message, Exception? Exception)> Entries => [.. _entries];

    /// <summary>Something was logged.</summary>
    public Signal Added { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _entries.Enqueue((formatter(state, exception), exception));
        Added.Raise();
    }

    public void Dispose()
    {
    }
}
