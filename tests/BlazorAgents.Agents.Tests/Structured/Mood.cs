namespace BlazorAgents.Agents.Tests.Structured;

public enum Mood
{
    Calm,
    Angry,
}
