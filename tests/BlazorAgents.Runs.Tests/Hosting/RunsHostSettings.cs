using BlazorAgents.Agents.Structured;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>What a test changes about its host.</summary>
internal sealed record RunsHostSettings
{
    /// <summary>A folder shared with other hosts; null takes one of its own.</summary>
    public TempFolder? Folder { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IReadOnlyList<AITool> Tools { get; init; } = [];

    public IReadOnlyList<AIFunction> RunLevelTools { get; init; } = [];

    public StructuredFormat? ResponseFormat { get; init; }

    public RunsOptions Options { get; init; } = new() { MakeTitles = false, DrainSeconds = 0 };

    /// <summary>Further keys of the configuration.</summary>
    public IReadOnlyDictionary<string, string?> Configuration { get; init; } = new Dictionary<string, string?>();

    public int LockTimeoutSeconds { get; init; } = 30;

    /// <summary>False leaves runs in the queue until the test starts the engine.</summary>
    public bool StartEngine { get; init; } = true;
}
