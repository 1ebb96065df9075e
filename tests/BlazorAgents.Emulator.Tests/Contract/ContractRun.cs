using BlazorAgents.Testing.Specification;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Runs every scenario once, for the tests that judge each and for the one that counts what all of them covered.</summary>
public sealed class ContractRun : IAsyncLifetime
{
    private readonly Dictionary<string, Exception?> _outcomes = [];

    public ContractCoverage Coverage { get; } = new();

    public async Task InitializeAsync()
    {
        foreach (var scenario in ContractScenarios.All)
        {
            _outcomes.Add(scenario.Name, await RunAsync(scenario));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Fails as the scenario failed.</summary>
    public void AssertFulfilled(string name)
    {
        if (_outcomes[name] is { } error)
        {
            throw new InvalidOperationException(error.Message, error);
        }
    }

    private async Task<Exception?> RunAsync(ContractScenario scenario)
    {
        await using var session = await ContractSession.StartAsync(Coverage, scenario.Brain?.Invoke(), scenario.IsPaced);
        try
        {
            await scenario.RunAsync(session);
        }
        catch (Exception e)
        {
            return session.Violations.Any() ? new AggregateException(e.Message, e, new ContractException([.. session.Violations.Distinct()])) : e;
        }

        return session.Violations.Any() ? new ContractException([.. session.Violations.Distinct()]) : null;
    }
}
