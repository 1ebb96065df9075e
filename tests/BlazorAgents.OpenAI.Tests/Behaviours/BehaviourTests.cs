using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>The behaviours of one client type against the emulator.</summary>
public abstract class BehaviourTests(ClientType type)
{
    public static TheoryData<string> Names => [.. BehaviourList.All.Select(behaviour => behaviour.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Client_Behaviour_HoldsOrIsRefusedAsDeclared(string name) => (await BehaviourRun.OfAsync(type)).AssertHolds(name);
}
