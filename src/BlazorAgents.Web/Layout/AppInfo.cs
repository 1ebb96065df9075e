namespace BlazorAgents.Web.Layout;

/// <summary>What the frame says about this installation.</summary>
/// <param name="IsOffline">Answers come from the emulator's rules, not from a language model.</param>
/// <param name="ProviderName">Where answers come from, in words.</param>
/// <param name="DefaultModel">The model of a conversation that chose none.</param>
public sealed record AppInfo(bool IsOffline, string ProviderName, string DefaultModel);
