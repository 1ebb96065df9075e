using BlazorAgents.Agents;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>What a client type cannot do.</summary>
/// <param name="Reason">Why, in the client's own words: whoever tries is told exactly this.</param>
internal sealed record Limit(string Reason)
{
    /// <summary>Shows the limit where trying is no error; null: trying fails with the reason.</summary>
    public Func<BehaviourStage, Task>? ShowAsync { get; init; }

    public async Task CheckAsync(Behaviour behaviour, BehaviourStage stage)
    {
        if (ShowAsync is not null)
        {
            await ShowAsync(stage);
            return;
        }

        var refusal = await Record.ExceptionAsync(() => behaviour.ProveAsync(stage));
        Assert.True(refusal is AgentException or NotSupportedException, $"{behaviour.Name} should be refused, but: {refusal?.ToString() ?? "it works"}");
        Assert.Equal(Reason, refusal!.Message);
    }
}
