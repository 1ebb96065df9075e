using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Providers;
using Xunit.Sdk;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>Nobody can declare a limit that is none.</summary>
public sealed class LimitTests
{
    private const string Reason = "This client has no such thing: use another one.";

    [Fact]
    public async Task Limit_OfWhatWorks_Fails()
    {
        await Assert.ThrowsAnyAsync<XunitException>(() => CheckAsync(() => Task.CompletedTask));
    }

    [Theory]
    [InlineData("Something else went wrong.")]
    [InlineData("")]
    public async Task Limit_RefusedInOtherWords_Fails(string words)
    {
        await Assert.ThrowsAnyAsync<XunitException>(() => CheckAsync(() => throw new AgentException(AgentErrorKind.BadResponse, words)));
    }

    [Fact]
    public async Task Limit_BehindAnotherFault_Fails()
    {
        await Assert.ThrowsAnyAsync<XunitException>(() => CheckAsync(() => throw new InvalidOperationException(Reason)));
    }

    [Fact]
    public async Task Limit_RefusedWithItsReason_Holds()
    {
        await CheckAsync(() => throw new AgentException(AgentErrorKind.BadResponse, Reason));
    }

    private static async Task CheckAsync(Func<Task> prove)
    {
        await using var stage = new BehaviourStage(ClientType.Chat, server: null!);
        await new Behaviour("Feature", "name", _ => prove()) { LimitOf = _ => new Limit(Reason) }.CheckAsync(stage);
    }
}
