using BlazorAgents.Testing.Specification;
using Xunit.Abstractions;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>What the emulator answers and streams, and what the SDK asks of it, follows OpenAI's specification.</summary>
public sealed class EmulatorContractTests(ContractRun run, ITestOutputHelper output) : IClassFixture<ContractRun>
{
    public static TheoryData<string> Names => [.. ContractScenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Emulator_Scenario_KeepsToTheSpecification(string name) => run.AssertFulfilled(name);

    [Fact]
    public void Coverage_EveryOperation_IsDrivenOrSaysWhyNot()
    {
        output.WriteLine(run.Coverage.Table(OpenApiContract.OpenAI));
        var answered = run.Coverage.Answered;
        var missing = OpenApiContract.OpenAI.Operations.Where(operation => !answered.Contains(operation.Id)).Select(operation => operation.Id);

        Assert.Equal(ContractScenarios.NotDriven.Keys.Order(), missing.Order());
    }

    [Fact]
    public void Coverage_EveryEvent_IsSentOrSaysWhyNot()
    {
        var missing = from stream in OpenApiContract.OpenAI.Events
                      from name in stream.Value
                      where !run.Coverage.Events.Contains((stream.Key, name))
                      select name;

        Assert.Equal(ContractScenarios.NotSent.Keys.Order(), missing.Order());
    }
}
