using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace BlazorAgents.Agents.Tests.Structured;

/// <summary>One of everything: dates, enums, nesting, lists, options, rules.</summary>
public sealed record Order
{
    public required Guid Id { get; init; }

    public required DateOnly Day { get; init; }

    public DateTimeOffset? ShippedAt { get; init; }

    [Description("How the customer sounds.")]
    public required Mood Mood { get; init; }

    public required IReadOnlyList<OrderLine> Lines { get; init; }

    [EmailAddress]
    public string? Email { get; init; }

    public int Priority { get; init; } = 3;
}
