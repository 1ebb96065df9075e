namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Something done with an emulator that must keep to the specification all the while.</summary>
/// <param name="Name">What it is.</param>
/// <param name="RunAsync">Does it.</param>
internal sealed record ContractScenario(string Name, Func<ContractSession, Task> RunAsync)
{
    /// <summary>Who answers; null for the demo model.</summary>
    public Func<IBrain>? Brain { get; init; }

    /// <summary>Whether the demo model waits for <see cref="ContractSession.Clock"/> after its first words.</summary>
    public bool IsPaced { get; init; }
}
