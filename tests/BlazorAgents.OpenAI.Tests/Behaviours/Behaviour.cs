using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>One thing that an agent does in the same way with every client type, or that a type says it cannot do.</summary>
/// <param name="Feature">The row of the README's table that it belongs to.</param>
/// <param name="Name">What is shown, unlike any other.</param>
/// <param name="ProveAsync">Does it against a server, and fails where it does not work.</param>
internal sealed record Behaviour(string Feature, string Name, Func<BehaviourStage, Task> ProveAsync)
{
    /// <summary>Why a type cannot do it; null where it can.</summary>
    public Func<ClientType, Limit?> LimitOf { get; init; } = _ => null;

    /// <summary>What a reader must know of providers where it is otherwise; null for nothing.</summary>
    public Func<ClientType, string?> RemarkOf { get; init; } = _ => null;

    /// <summary>Holds the type to its word: the behaviour works, or its limit shows.</summary>
    public async Task CheckAsync(BehaviourStage stage)
    {
        if (LimitOf(stage.Type) is { } limit)
        {
            await limit.CheckAsync(this, stage);
        }
        else
        {
            await ProveAsync(stage);
        }

        stage.AssertContract();
    }

    public override string ToString() => Name;
}
