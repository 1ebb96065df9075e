namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>Everything that agents do, in the order of the README's table.</summary>
internal static class BehaviourList
{
    public static IReadOnlyList<Behaviour> All { get; } =
    [
        .. TalkBehaviours.All,
        .. ToolBehaviours.All,
        .. ThreadBehaviours.All,
        .. HostedToolBehaviours.All,
        .. BackgroundBehaviours.All,
        .. ErrorBehaviours.All,
    ];
}
