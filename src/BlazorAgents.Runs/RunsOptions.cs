using System.ComponentModel.DataAnnotations;

namespace BlazorAgents.Runs;

/// <summary>The section <c>Runs</c> of the configuration.</summary>
public sealed class RunsOptions
{
    /// <summary>Most answers written at the same time by this process; the rest wait in the queue.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrent { get; set; } = 200;

    /// <summary>Longest time between two saves of a growing answer, in seconds.</summary>
    [Range(0.05, 60)]
    public double SaveIntervalSeconds { get; set; } = 1;

    /// <summary>How long a claimed run stays this process's without a sign of life, in seconds.</summary>
    [Range(5, 3600)]
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>How long a shutdown waits for answers to finish before it interrupts them, in seconds.</summary>
    [Range(0, 300)]
    public int DrainSeconds { get; set; } = 15;

    /// <summary>Days until a deleted conversation is removed for good.</summary>
    [Range(0, 3650)]
    public int PurgeAfterDays { get; set; } = 30;

    /// <summary>Ask the model for a title after the first answer.</summary>
    public bool MakeTitles { get; set; } = true;
}
