using BlazorAgents.Emulator.Demo;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Emulator;

/// <summary>How an <see cref="EmulatorServer"/> starts and who answers for it.</summary>
public sealed class EmulatorOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Answers the requests; null means the offline demo model.</summary>
    public IBrain? Brain { get; init; }

    /// <summary>How fast the demo model writes. Ignored by other brains.</summary>
    public DemoPace Pace { get; init; } = DemoPace.Human;

    /// <summary>Clock of timestamps, dates and pacing.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Largest request body in bytes; above it the answer is 413.</summary>
    public long MaxRequestBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Whether the Assistants API is served; if not, its paths answer 404 as OpenAI's do since 2026-08-26.</summary>
    public bool ServesAssistants { get; init; } = true;

    /// <summary>Most bytes of files and indexes kept in memory; above it the answer is 413.</summary>
    public long MaxStoredBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Time that each file stays "in_progress" in a vector store, on <see cref="TimeProvider"/>.</summary>
    public TimeSpan IndexingTime { get; init; } = TimeSpan.Zero;

    /// <summary>Reaches the MCP servers of response requests; null reaches the demo server and those on this machine only. The caller disposes it.</summary>
    public HttpMessageHandler? McpHandler { get; init; }

    /// <summary>Receives unexpected failures only; null keeps the server silent.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
