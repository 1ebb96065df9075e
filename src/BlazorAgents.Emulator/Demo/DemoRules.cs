using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo;

internal static class DemoRules
{
    public static DemoAnswer Answer(ChatRequest request, TimeProvider time) => DemoAnswer.Say("This is the offline demo.");
}
