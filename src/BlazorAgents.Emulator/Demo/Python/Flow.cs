namespace BlazorAgents.Emulator.Demo.Python;

/// <summary>Where the program goes after a statement.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
    Return,
}
